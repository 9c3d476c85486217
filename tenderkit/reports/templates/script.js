"use strict";
/* Everything can be read without this; it adds filters. What needs it waits in the page with "hidden". */
(function () {
  for (const tool of document.querySelectorAll("[data-needs-script]")) tool.hidden = false;

  /* Shows the evidence of one outcome in a document's text, or only the paragraphs that have some. */
  for (const tools of document.querySelectorAll("[data-filter]")) {
    const body = document.getElementById(tools.dataset.filter);
    const marks = Array.from(body.querySelectorAll("[data-o]"));
    const styles = marks.map((mark) => mark.className);
    const select = tools.querySelector("select");
    const only = tools.querySelector("input");
    const output = tools.querySelector("output");
    const lines = marks.map((mark) => mark.closest("p, li, [role=row], h3, h4, h5, h6"));
    const update = function () {
      const wanted = select.value;
      const shown = new Set();
      marks.forEach(function (mark, i) {
        const fits = wanted === "" || mark.dataset.o.split(" ").includes(wanted);
        const isTag = mark.tagName === "A";
        if (isTag) mark.hidden = !fits;
        else if (!fits) mark.className = "off";
        else mark.className = wanted === "" ? styles[i] : styles[i].replace(/\bo\d+/, "o" + (wanted % 12));
        if (fits) shown.add(lines[i]);
      });
      for (const line of lines) line.classList.toggle("hit", shown.has(line));
      body.classList.toggle("only-hits", only.checked);
      output.textContent = shown.size === 1 ? "in 1 paragraph" : "in " + shown.size + " paragraphs";
    };
    tools.addEventListener("change", update);
    update();
  }

  /* Shows the rows of a table that have one status. */
  for (const tools of document.querySelectorAll("[data-rows]")) {
    const rows = Array.from(document.getElementById(tools.dataset.rows).querySelectorAll("[data-row]"));
    const select = tools.querySelector("select");
    const output = tools.querySelector("output");
    const update = function () {
      let shown = 0;
      for (const row of rows) {
        row.hidden = select.value !== "" && row.dataset.row !== select.value;
        shown += row.hidden ? 0 : 1;
      }
      output.textContent = shown === 1 ? "1 row" : shown + " rows";
    };
    tools.addEventListener("change", update);
    update();
  }

  /* A link into a closed part opens it. */
  const open = function () {
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    let closed = false;
    for (let part = target.closest("details"); part; part = part.parentElement.closest("details")) {
      closed = closed || !part.open;
      part.open = true;
    }
    if (closed) target.scrollIntoView();
  };
  addEventListener("hashchange", open);
  open();
})();
