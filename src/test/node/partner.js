// A partner whose shop is written in JavaScript: sends orders in each mode, reads outcomes in either, and holds everything against the
// schemas that Purser serves.
//
//   node partner.js <brokers> <purser url> <customer account_id> <run>
import Ajv from "ajv/dist/2020.js";
import { CloudEvent, Kafka as Binding } from "cloudevents";
import { Kafka, logLevel } from "kafkajs";

const [brokers, purser, customer, run] = process.argv.slice(2);
const TYPE = "dev.purser.order.submitted.v1";
const ids = ["binary", "structured", "bare"].map((mode) => `node-${mode}-${run}`);

const order = (orderId) => ({
  order_id: orderId,
  account_id: customer,
  campaign: null,
  max_cost: "60.00",
  license: {
    user: "academic", run_limit: 1, ram: 4, cpu: 1, disk: 3, member: true, uptime: "short", period: "range",
    start: "2030-12-01", end: "2031-05-31T00:00:00+01:00", title: "Čalculus 🎓",
  },
});

const schemas = new Map();
const ajv = new Ajv({
  strict: false,
  loadSchema: async (uri) => (await fetch(uri)).json(),
});
const compiled = async (address) => ajv.compileAsync({ ...(await (await fetch(address)).json()), $id: address });
const validator = (type) => {
  if (!schemas.has(type)) {
    schemas.set(type, compiled(`${purser}/schemas/${type}.json`));
  }
  return schemas.get(type);
};
const hold = async (type, data) => {
  const valid = await validator(type);
  if (!valid(data)) {
    throw new Error(`${type}: ${ajv.errorsText(valid.errors)} in ${JSON.stringify(data)}`);
  }
};

const event = (orderId) =>
  new CloudEvent({ type: TYPE, source: "/node-shop", id: `event-${orderId}`, subject: orderId, datacontenttype: "application/json", data: order(orderId) });
const sent = (message, key) => ({
  key,
  headers: Object.fromEntries(Object.entries(message.headers).filter(([, value]) => value !== undefined)),
  value: typeof message.value === "string" ? message.value : JSON.stringify(message.value),
});

const kafka = new Kafka({ clientId: "node-shop", brokers: brokers.split(","), logLevel: logLevel.ERROR });
const producer = kafka.producer();
await producer.connect();
await Promise.all(ids.map((id) => hold(TYPE, order(id))));
await producer.send({
  topic: "purser.orders.v1",
  messages: [
    sent(Binding.binary(event(ids[0])), ids[0]),
    sent(Binding.structured(event(ids[1])), ids[1]),
    { key: ids[2], value: JSON.stringify(order(ids[2])) },
  ],
});
await producer.disconnect();

const open = new Set(ids);
const consumer = kafka.consumer({ groupId: `node-shop-${run}` });
await consumer.connect();
await consumer.subscribe({ topic: "purser.outcomes.v1", fromBeginning: true });
await new Promise((done, failed) => {
  setTimeout(() => failed(new Error(`no license for ${[...open]}`)), 60_000).unref();
  consumer.run({
    eachMessage: async ({ message }) => {
      const key = message.key.toString();
      if (!ids.includes(key)) {
        return;
      }
      const headers = Object.fromEntries(Object.entries(message.headers).map(([name, value]) => [name, value.toString()]));
      const outcome = Binding.toEvent({ ...message, headers, value: message.value.toString(), body: message.value.toString() });
      outcome.validate();
      const data = typeof outcome.data === "string" ? JSON.parse(outcome.data) : outcome.data;
      await hold(outcome.type, data);
      console.log(JSON.stringify({ id: outcome.id, type: outcome.type, source: outcome.source, subject: outcome.subject, data }));
      if (outcome.type === "dev.purser.order.provisioned.v1") {
        open.delete(key);
      }
      if (open.size === 0) {
        done();
      }
    },
  }).catch(failed);
});
await consumer.disconnect();
