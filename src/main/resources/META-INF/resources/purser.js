// Takes in the page anew every few seconds, unless somebody is marking or writing text or looks elsewhere.
const main = document.getElementById("now");

async function refresh() {
  if (document.hidden || String(getSelection())) return;
  if (document.activeElement?.closest("form") || main.querySelector("details[open]")) return;
  try {
    const answer = await fetch(location.pathname, { headers: { Accept: "text/html" } });
    if (!answer.ok) throw new Error(answer.statusText);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    main.replaceChildren(...page.getElementById("now").childNodes);
    main.classList.remove("stale");
  } catch {
    main.classList.add("stale");
    document.getElementById("age").textContent = "Purser does not answer; this is how things stood then.";
  }
}

setInterval(refresh, 5000);
