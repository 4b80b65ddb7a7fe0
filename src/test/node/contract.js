// Holds the AsyncAPI document against the AsyncAPI project's own parser, which follows the references to the schemas, too.
//
//   node contract.js <asyncapi.json>
import { fromFile, Parser } from "@asyncapi/parser";

const ERROR = 0;
const { document, diagnostics } = await fromFile(new Parser(), process.argv[2]).parse();
const errors = diagnostics.filter((each) => each.severity === ERROR);
errors.forEach((each) => console.error(each.path.join("/"), each.message));
if (!document || errors.length > 0) {
  process.exit(1);
}
console.log(`${document.allChannels().length} channels, ${document.allMessages().length} messages`);
