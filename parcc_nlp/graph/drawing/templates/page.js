// The page: what is chosen, what is drawn, and what is told of it. All texts come from the data and are only ever put
// into the page as text.
(function () {
  "use strict";
  var data = JSON.parse(document.getElementById("graph-data").textContent);
  var words = data.words;
  var texts = data.nodes.map(function (node) {
    var facts = (node.f || []).map(function (fact) { return fact[1]; });
    return ParccModel.plain([node.n].concat(facts).join(" "));
  });
  var names = data.nodes.map(function (node) { return ParccModel.plain(node.n); });
  var MOST_RESULTS = 40, MOST_LABELS = 60, READABLE = 0.85, MANY = 1000, NOT_KNOWN = data.statusKinds.indexOf("not_known");
  var SHAPES = {
    instrument: "round-rectangle", agency: "ellipse", provision: "cut-rectangle", section: "rectangle",
    target: "hexagon", task: "round-tag", unit: "octagon"
  };
  var LETTERS = 'system-ui, "Segoe UI", "Noto Sans", "DejaVu Sans", sans-serif';

  function get(id) { return document.getElementById(id); }
  function filled(text, fields) {
    return text.replace(/\{(\w+)\}/g, function (all, name) { return name in fields ? String(fields[name]) : all; });
  }
  function make(tag, text, className) {
    var made = document.createElement(tag);
    if (text) { made.textContent = text; }
    if (className) { made.className = className; }
    return made;
  }
  function ticked(id) {
    return new Set(Array.from(document.querySelectorAll("#" + id + " input:checked"), function (box) { return +box.value; }));
  }

  var state = {
    day: data.on, kinds: ticked("kinds"), relations: ticked("relations"), distance: +get("distance").value,
    centres: data.centres, chosen: null, hits: new Set()
  };
  var links = Array.from(document.querySelectorAll("#tables a"), function (link) {
    var of = link.dataset;
    return { row: link.closest("tr"), node: of.node === undefined ? null : +of.node, edge: +of.edge };
  });
  var view = { steps: new Map(), lines: [], standFor: [] };
  var cy = null;

  function day() { return data.days[state.day]; }
  function standingOf(number) { return ParccModel.standing(data.nodes[number], state.day); }
  function standingWord(status) { return words["status_" + data.statusKinds[status]]; }
  function isCentre(number) { return data.centres.indexOf(number) >= 0; }

  function chip(status) {
    var made = make("span", "", "chip " + data.statusKinds[status]), sign = make("span", data.signs[status]);
    sign.setAttribute("aria-hidden", "true");
    made.append(sign, " " + standingWord(status));
    return made;
  }

  // ---- the picture -------------------------------------------------------------------------------------------------

  function colour(name) { return getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim(); }
  var LIGHT = {
    page: "#ffffff", ink: "#000000", line: "#999999", focus: "#0b4f8a", ok: "#0b4f1a", "ok-bg": "#e1f3e4", part: "#5c4300",
    "part-bg": "#fff0c7", bad: "#8a1313", "bad-bg": "#fde3e1", open: "#46327e", "open-bg": "#ece7f9", self: "#114a80",
    "self-bg": "#d6e7f8", "plain-bg": "#f1efea", edge: "#6b675f", soft: "#444444"
  };

  function styles(of) {
    function standing(name, text, back, line, width) {
      return {
        selector: "node." + name,
        style: {
          color: of(text), "background-color": of(back), "border-color": of(text), "border-style": line, "border-width": width
        }
      };
    }
    return [
      { selector: "node", style: {
        shape: "data(shape)", width: ParccArrangement.width, height: "data(height)", label: "data(label)",
        "text-wrap": "wrap", "text-max-width": 2000, "text-valign": "center", "text-halign": "center",
        "font-size": 14, "line-height": 1.2, "font-family": LETTERS,
        color: of("ink"), "background-color": of("plain-bg"), "border-width": 1, "border-color": of("edge")
      } },
      standing("in_force", "ok", "ok-bg", "solid", 1.5),
      standing("amended", "ok", "ok-bg", "solid", 1.5),
      standing("partly_expired", "part", "part-bg", "dashed", 2),
      standing("suspended", "part", "part-bg", "double", 4),
      standing("expired", "bad", "bad-bg", "double", 4),
      standing("not_known", "open", "open-bg", "dotted", 2),
      standing("not_yet", "self", "self-bg", "dashed", 1.5),
      { selector: "node.centre", style: {
        color: of("self"), "background-color": of("self-bg"), "border-color": of("self"), "border-style": "solid",
        "border-width": 3, "font-weight": "bold"
      } },
      { selector: "edge", style: {
        width: 1.2, "line-color": of("edge"), "target-arrow-color": of("edge"), "target-arrow-shape": "triangle",
        "arrow-scale": 0.9, "curve-style": "bezier", "font-size": 13, color: of("soft"), label: "data(label)",
        "text-background-color": of("page"), "text-background-opacity": 0.85, "text-background-padding": 2,
        "font-family": LETTERS, "text-wrap": "wrap",
        "text-max-width": 110
      } },
      { selector: "edge.bow", style: {
        "curve-style": "unbundled-bezier", "control-point-distances": "data(bow)", "control-point-weights": 0.5,
        "source-endpoint": "90deg", "target-endpoint": "90deg"
      } },
      { selector: "node.heading", style: {
        "background-opacity": 0, "border-width": 0, color: of("soft"), "font-size": 13, "font-style": "italic", events: "no"
      } },
      { selector: "edge.basis", style: { width: 3, "line-color": of("self"), "target-arrow-color": of("self") } },
      { selector: "edge.ends", style: {
        width: 2.5, "line-color": of("bad"), "target-arrow-color": of("bad"), "target-arrow-shape": "tee", color: of("bad")
      } },
      { selector: "edge.changes", style: {
        "line-style": "dashed", "line-color": of("part"), "target-arrow-color": of("part"), color: of("part")
      } },
      { selector: "edge.assigns, edge.holds", style: { "line-style": "dotted" } },
      { selector: ".faded", style: { opacity: 0.35 } },
      { selector: "node.hit", style: { "outline-color": of("focus"), "outline-width": 2, "outline-offset": 3, opacity: 1 } },
      { selector: "node.chosen", style: { "outline-color": of("focus"), "outline-width": 5, "outline-offset": 2 } },
      { selector: "edge.chosen", style: {
        label: "data(full)", "underlay-color": of("focus"), "underlay-opacity": 0.5, "underlay-padding": 5, "z-index": 9
      } },
      { selector: "core", style: { "active-bg-opacity": 0, "selection-box-opacity": 0 } }
    ];
  }

  function boxOf(number, spot) {
    var node = data.nodes[number], status = standingOf(number), centre = isCentre(number);
    var sign = (centre ? "★ " : "") + (status >= 0 ? data.signs[status] : "");
    var lines = node.l.slice();
    if (sign) { lines[0] = sign + " " + lines[0]; }
    var classes = [centre ? "centre" : status >= 0 ? data.statusKinds[status] : "plain"];
    if (state.hits.has(number)) { classes.push("hit"); }
    return {
      group: "nodes", classes: classes, position: { x: spot.x, y: spot.y },
      data: {
        id: "n" + number, number: number, label: lines.join("\n"), height: ParccArrangement.height(node),
        shape: SHAPES[data.nodeKinds[node.k]]
      }
    };
  }

  // The kinds of a line in the words of one who reads it from `from`, assignments with their roles.
  function relationName(line, from) {
    var names = new Set(), roles = new Set(), direction = from === undefined || from === line.a ? "rel_" : "by_";
    line.edges.forEach(function (number) {
      var edge = data.edges[number];
      names.add(words[direction + data.edgeKinds[edge.k]]);
      if (edge.r) { roles.add((words["role_" + edge.r] || edge.r).toLowerCase()); }
    });
    var name = Array.from(names).join("; ");
    return roles.size ? name + ": " + Array.from(roles).join(", ") : name;
  }

  function lineOf(line, few) {
    var from = arranged.place.get(line.a), to = arranged.place.get(line.b), name = relationName(line);
    var bow = from && to && from.x === to.x;
    return {
      group: "edges", classes: [line.family].concat(bow ? ["bow"] : []),
      data: {
        id: line.id, source: "n" + line.a, target: "n" + line.b, full: name, label: line.family === "ends" && few ? name : "",
        bow: (bow && from.y < to.y ? -1 : 1) * (ParccArrangement.width / 2 + 45)
      }
    };
  }

  function headingOf(heading, number) {
    var key = "heading_" + heading.of + (heading.of === "holds" || heading.of === "assigns" || heading.left ? "" : "_by");
    return {
      group: "nodes", classes: ["heading"], position: { x: heading.x, y: heading.y }, grabbable: false,
      data: { id: "h" + number, label: words[key] || words["heading_" + heading.of], shape: "rectangle", height: 16 }
    };
  }

  var arranged = { key: "", place: new Map(), kept: new Set(), headings: [] };

  // Boxes keep their places while only the day changes: they are arranged for everything that held at some time.
  function arrange() {
    var key = JSON.stringify([
      Array.from(state.kinds), Array.from(state.relations), state.distance, state.centres
    ]);
    if (arranged.key === key) { return false; }
    var whole = ParccModel.part(data, state, null);
    var kept = new Set(Array.from(whole.steps.keys()).slice(0, data.most));
    var part = {
      steps: new Map(Array.from(whole.steps).filter(function (entry) { return kept.has(entry[0]); })),
      lines: whole.lines.filter(function (line) { return kept.has(line.a) && kept.has(line.b); })
    };
    arranged = ParccArrangement.columns(data, part, { width: get("controls").clientWidth, height: cy.height() });
    arranged.key = key;
    arranged.kept = kept;
    return true;
  }

  function draw() {
    var anew = arrange();
    view = ParccModel.part(data, state, day());
    var fitting = view.steps.size;
    var drawn = Array.from(view.steps.keys()).filter(function (one) { return arranged.kept.has(one); });
    var there = new Set(drawn);
    view.lines = view.lines.filter(function (line) { return there.has(line.a) && there.has(line.b); });
    view.drawn = there;
    var few = view.lines.filter(function (line) { return line.family === "ends"; }).length <= MOST_LABELS;
    cy.batch(function () {
      cy.elements().remove();
      cy.add(drawn.map(function (one) { return boxOf(one, arranged.place.get(one)); }));
      cy.add(view.lines.map(function (line) { return lineOf(line, few); }));
      if (drawn.length) { cy.add(arranged.headings.map(headingOf)); }
    });
    if (anew) { cy.fit(undefined, 18); }
    mark();
    get("drawn").textContent = !drawn.length ? emptyWhy() : fitting > drawn.length
      ? filled(words.drawn_limited, { nodes: drawn.length, all: fitting })
      : filled(words.drawn, { nodes: drawn.length, edges: view.lines.length });
    rows();
    later(paper, 600);
  }

  // Tells the rows of the tables whether what they are about is drawn.
  function rows() {
    var lines = new Set();
    view.lines.forEach(function (line) { line.edges.forEach(function (number) { lines.add(number); }); });
    links.forEach(function (link) {
      var drawn = link.node !== null ? view.drawn.has(link.node) : lines.has(link.edge);
      link.row.classList.toggle("off", !drawn);
    });
  }

  function emptyWhy() {
    var unsigned = state.centres.every(function (one) { return data.nodes[one].i && data.nodes[one].i > day(); });
    return unsigned && state.centres.length ? words.empty_before : words.empty_filter;
  }

  // Shows what is chosen: it and what it touches stand out, the rest fades.
  function mark() {
    cy.batch(function () {
      cy.elements().removeClass("chosen faded");
      cy.nodes().forEach(function (node) { node.toggleClass("hit", state.hits.has(node.data("number"))); });
      var chosen = cy.collection();
      if (state.chosen && state.chosen.node !== undefined) {
        chosen = cy.getElementById("n" + view.standFor[state.chosen.node]);
        if (chosen.nonempty()) { cy.elements().difference(chosen.closedNeighborhood()).addClass("faded"); }
      } else if (state.chosen) {
        chosen = cy.getElementById(state.chosen.line.id);
        if (chosen.nonempty()) { cy.elements().difference(chosen.union(chosen.connectedNodes())).addClass("faded"); }
      }
      chosen.addClass("chosen");
    });
  }

  // A light picture of the whole for paper, made when nothing else happens: a browser does not wait for it when printing.
  function paper() {
    var dark = matchMedia("(prefers-color-scheme: dark)").matches;
    if (dark) { cy.style(styles(function (name) { return LIGHT[name]; })); }
    cy.elements().removeClass("chosen faded hit");
    if (cy.elements().nonempty()) {
      get("paper").src = cy.png({ full: true, bg: "#ffffff", maxWidth: 3200, maxHeight: 3200, scale: 2 });
    }
    if (dark) { cy.style(styles(colour)); }
    mark();
  }

  var waiting = new Map();
  function later(what, time) {
    clearTimeout(waiting.get(what));
    waiting.set(what, setTimeout(what, time));
  }

  // ---- what is told ------------------------------------------------------------------------------------------------

  function factList(facts) {
    var list = make("dl");
    facts.forEach(function (fact) { list.append(make("dt", fact[0]), make("dd", fact[1])); });
    return list;
  }

  function button(text, act) {
    var made = make("button", text);
    made.type = "button";
    made.addEventListener("click", act);
    return made;
  }

  function signed(number) {
    var status = standingOf(number);
    return (status >= 0 ? data.signs[status] + " " : "") + data.nodes[number].n;
  }

  function tellNode(number) {
    var node = data.nodes[number], body = get("panel-body"), status = standingOf(number);
    body.textContent = "";
    body.append(make("h3", node.n));
    var line = make("p", words["kind_" + data.nodeKinds[node.k]] + " ");
    if (status >= 0) { line.append(chip(status), " (" + data.writtenDays[state.day] + ")"); }
    body.append(line);
    var reason = (data.reasons[state.day] || {})[number];
    if (reason) { body.append(make("p", reason)); }
    if (node.f) { body.append(factList(node.f)); }
    if (!view.drawn.has(number)) { body.append(make("p", words.not_drawn, "notice")); }
    var tools = make("p");
    if (state.centres.length !== 1 || state.centres[0] !== number) {
      tools.append(button(words.center_button, function () { centre([number]); }), " ");
    }
    tools.append(button(words.clear, function () { choose(null); }));
    body.append(tools);
    var touching = linesAt(number);
    if (!touching.length) { return; }
    body.append(make("h4", words.relations_of + " (" + touching.length + ")"));
    var list = make("ul");
    touching.forEach(function (line) {
      var out = line.a === number, other = out ? line.b : line.a;
      var item = make("li"), way = button("", function () { choose({ line: line, from: number }); });
      way.append(make("span", relationName(line, number), "soft"), make("span", signed(other)));
      item.append(way);
      list.append(item);
    });
    body.append(list);
  }

  // The lines at a node on the chosen day: those drawn, and for a node that is not drawn all of its own.
  function linesAt(number) {
    if (view.drawn.has(number)) {
      return view.lines.filter(function (line) { return line.a === number || line.b === number; });
    }
    var itself = data.nodes.map(function (node, position) { return position; });
    return ParccModel.lines(data, itself, new Set(data.edgeKinds.keys()), day()).filter(function (line) {
      return line.a === number || line.b === number;
    });
  }

  function tellLine(line, from) {
    var body = get("panel-body"), told = new Set();
    body.textContent = "";
    var head = make("h3", data.nodes[line.a].n + " " + relationName(line) + " " + data.nodes[line.b].n);
    body.append(head);
    line.edges.forEach(function (number) {
      var edge = data.edges[number], facts = edge.e || [];
      var ends = [[words.column_relation, words["rel_" + data.edgeKinds[edge.k]]]];
      if (edge.a !== line.a) { ends.push([words.column_from, data.nodes[edge.a].n]); }
      if (edge.b !== line.b) { ends.push([words.column_to, data.nodes[edge.b].n]); }
      var all = ends.concat(facts), key = edge.k + JSON.stringify(facts);
      // A mention of a provision is one of its instrument too: it is told once, with the provision.
      if (ends.length === 1 && told.has(key)) { return; }
      told.add(key);
      var article = make("article");
      article.append(factList(all));
      body.append(article);
    });
    var tools = make("p");
    [line.a, line.b].forEach(function (one) {
      tools.append(button(signed(one), function () { choose({ node: one }); }), " ");
    });
    tools.append(button(words.clear, function () { choose(null); }));
    body.append(tools);
  }

  function tell() {
    if (!state.chosen) {
      get("panel-body").textContent = "";
      get("panel-body").append(make("p", words.none_chosen, "soft"));
    } else if (state.chosen.node !== undefined) {
      tellNode(state.chosen.node);
    } else {
      tellLine(state.chosen.line, state.chosen.from);
    }
  }

  function announce() {
    if (!state.chosen) { get("announcement").textContent = ""; return; }
    var title = get("panel-body").querySelector("h3").textContent, status = "";
    if (state.chosen.node !== undefined && standingOf(state.chosen.node) >= 0) {
      status = ", " + standingWord(standingOf(state.chosen.node));
    }
    get("announcement").textContent = title + status;
  }

  function choose(what) {
    state.chosen = what;
    document.querySelector("main").classList.toggle("two", what !== null);
    cy.resize();
    mark();
    tell();
    announce();
    bring();
    later(paper, 600);
  }

  // Brings what is chosen into the frame; from elsewhere also near enough to be read.
  function near() {
    var chosen = cy.$(".chosen");
    if (chosen.nonempty()) {
      cy.zoom(Math.max(cy.zoom(), READABLE));
      cy.center(chosen);
    }
    get("picture").scrollIntoView({ block: "nearest" });
  }

  function bring() {
    var chosen = cy.$(".chosen"), box = chosen.renderedBoundingBox();
    if (chosen.nonempty() && (box.x1 < 0 || box.y1 < 0 || box.x2 > cy.width() || box.y2 > cy.height())) { cy.center(chosen); }
  }

  function summary() {
    var whole = get("summary"), counts = new Map(), cited = new Set();
    data.edges.forEach(function (edge) {
      if (isCentre(edge.a) && ["based_on", "implements", "cites"].indexOf(data.edgeKinds[edge.k]) >= 0) { cited.add(edge.b); }
    });
    var isInstrument = function (number) { return data.nodeKinds[data.nodes[number].k] === "instrument"; };
    var of = Array.from(cited).filter(isInstrument), text = words.summary_cited;
    if (!of.length) {
      of = Array.from(data.nodes.keys()).filter(isInstrument);
      text = words.summary_all;
    }
    of = of.filter(function (number) { return !data.nodes[number].i || data.nodes[number].i <= day(); });
    of.forEach(function (number) { counts.set(standingOf(number), 1 + (counts.get(standingOf(number)) || 0)); });
    whole.textContent = filled(text, { day: data.writtenDays[state.day], count: of.length });
    Array.from(counts.keys()).sort(function (a, b) { return a - b; }).forEach(function (status) {
      var made = chip(status < 0 ? NOT_KNOWN : status);
      made.append(": " + counts.get(status));
      whole.append(made);
    });
  }

  function tables() {
    document.querySelectorAll("[data-standing]").forEach(function (cell) {
      var status = standingOf(+cell.dataset.standing);
      cell.textContent = "";
      if (status >= 0) { cell.append(chip(status)); }
    });
    document.querySelectorAll(".standing-on").forEach(function (head) {
      head.textContent = filled(words.column_standing, { day: data.writtenDays[state.day] });
    });
  }

  // ---- what the reader does ----------------------------------------------------------------------------------------

  function setDay(number) {
    state.day = Math.max(0, Math.min(data.days.length - 1, number));
    get("day").value = state.day;
    get("day").setAttribute("aria-valuetext", data.writtenDays[state.day]);
    get("day-written").textContent = data.writtenDays[state.day];
    get("earlier").disabled = state.day === 0;
    get("later").disabled = state.day === data.days.length - 1;
    document.querySelectorAll("#named-days button").forEach(function (one) {
      one.setAttribute("aria-pressed", String(+one.value === state.day));
    });
    draw();
    tell();
    summary();
    tables();
  }

  function centre(numbers) {
    state.centres = numbers;
    get("recentre").hidden = numbers === data.centres;
    numbers.forEach(function (number) { showKind(data.nodes[number].k); });
    draw();
    tell();
  }

  function showKind(kind) {
    var box = document.querySelector("#kinds input[value='" + kind + "']");
    if (box && !box.checked) { box.checked = true; state.kinds = ticked("kinds"); }
  }

  function search() {
    var wanted = get("search").value, found = ParccModel.matching(texts, wanted), list = get("results").querySelector("ul");
    state.hits = new Set(found);
    // What has the words in its name goes before what has them elsewhere.
    var byName = new Set(ParccModel.matching(names, wanted));
    found.sort(function (a, b) { return byName.has(b) - byName.has(a) || a - b; });
    get("results").hidden = !wanted.trim();
    list.textContent = "";
    found.slice(0, MOST_RESULTS).forEach(function (number) {
      var item = make("li");
      item.append(button(signed(number), function () { choose({ node: number }); near(); }));
      list.append(item);
    });
    get("results-count").textContent = !found.length ? words.no_results : found.length > MOST_RESULTS
      ? filled(words.results_limited, { count: found.length, shown: MOST_RESULTS })
      : filled(words.results, { count: found.length });
    mark();
  }

  // The nearest box in a direction, sideways distance counting double.
  function towards(from, dx, dy) {
    var here = from.position(), best = null, least = Infinity;
    cy.nodes("[number >= 0]").forEach(function (node) {
      var x = node.position("x") - here.x, y = node.position("y") - here.y;
      var along = x * dx + y * dy, across = Math.abs(x * dy) + Math.abs(y * dx);
      if (node.id() === from.id() || along <= 1) { return; }
      var far = along + 2 * across;
      if (far < least) { least = far; best = node; }
    });
    return best;
  }

  function current() {
    var number = state.chosen && (state.chosen.node !== undefined ? state.chosen.node : state.chosen.from);
    var box = number === null || number === undefined ? cy.collection() : cy.getElementById("n" + number);
    return box.nonempty() ? box : cy.nodes("[number >= 0]").first();
  }

  function keyed(event) {
    var ways = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    var from = current();
    if (ways[event.key] && from.nonempty()) {
      var next = state.chosen ? towards(from, ways[event.key][0], ways[event.key][1]) : from;
      if (next) { choose({ node: next.data("number") }); }
    } else if (event.key === "Enter" && from.nonempty()) {
      var number = from.data("number"), touching = linesAt(number);
      var at = state.chosen && state.chosen.line ? touching.findIndex(function (one) { return one.id === state.chosen.line.id; }) : -1;
      if (touching.length) { choose({ line: touching[(at + 1) % touching.length], from: number }); }
    } else if (event.key === "Escape") {
      choose(null);
    } else if (event.key === "+" || event.key === "-") {
      zoom(event.key === "+" ? 1.25 : 0.8);
    } else if (event.key === "0") {
      cy.fit(undefined, 18);
    } else {
      return;
    }
    event.preventDefault();
  }

  function zoom(by) {
    cy.zoom({ level: cy.zoom() * by, renderedPosition: { x: cy.width() / 2, y: cy.height() / 2 } });
  }

  function hint(event) {
    var box = get("hint"), target = event.target, place = event.renderedPosition, frame = get("canvas").getBoundingClientRect();
    box.textContent = "";
    if (target.isNode()) {
      var node = data.nodes[target.data("number")], status = standingOf(target.data("number"));
      box.append(make("p", node.n));
      if (node.t) { box.append(make("p", node.t, "soft")); }
      if (status >= 0) { box.append(chip(status)); }
    } else {
      box.append(make("p", target.data("full")));
    }
    box.hidden = false;
    box.style.left = Math.min(frame.left + place.x + 14, innerWidth - box.offsetWidth - 8) + "px";
    box.style.top = Math.min(frame.top + place.y + 14, innerHeight - box.offsetHeight - 8) + "px";
  }

  function begin() {
    var many = data.nodes.length > MANY;
    cy = cytoscape({
      hideEdgesOnViewport: many, textureOnViewport: many,
      container: get("canvas"), style: styles(colour), minZoom: 0.08, maxZoom: 4, boxSelectionEnabled: false,
      autoungrabify: true, userZoomingEnabled: false, selectionType: "single", autounselectify: true
    });
    data.namedDays.forEach(function (named) {
      var made = button(named[0] + ": " + data.writtenDays[named[1]], function () { setDay(named[1]); });
      made.value = named[1];
      get("named-days").append(made);
    });
    cy.on("tap", "node[number >= 0]", function (event) { choose({ node: event.target.data("number") }); });
    cy.on("tap", "edge", function (event) {
      choose({ line: view.lines.find(function (line) { return line.id === event.target.id(); }) });
    });
    cy.on("tap", function (event) { if (event.target === cy) { choose(null); } });
    cy.on("mouseover", "node[number >= 0], edge", hint);
    cy.on("mouseout pan zoom", function () { get("hint").hidden = true; });
    // The wheel scrolls the page until the picture has been entered.
    get("canvas").addEventListener("focus", function () { cy.userZoomingEnabled(true); });
    get("canvas").addEventListener("blur", function () { cy.userZoomingEnabled(false); });
    get("canvas").addEventListener("mousedown", function () { get("canvas").focus({ preventScroll: true }); });
    get("canvas").addEventListener("keydown", keyed);
    get("zoom-in").addEventListener("click", function () { zoom(1.25); });
    get("zoom-out").addEventListener("click", function () { zoom(0.8); });
    get("fit").addEventListener("click", function () { cy.fit(undefined, 18); });
    get("recentre").addEventListener("click", function () { centre(data.centres); });
    get("day").addEventListener("input", function () { setDay(+get("day").value); });
    get("earlier").addEventListener("click", function () { setDay(state.day - 1); });
    get("later").addEventListener("click", function () { setDay(state.day + 1); });
    get("search").addEventListener("input", function () { later(search, 120); });
    get("search").addEventListener("keydown", function (event) {
      if (event.key !== "Enter") { return; }
      search();
      var first = get("results").querySelector("button");
      if (first) { first.click(); }
    });
    get("distance").addEventListener("change", function () { state.distance = +get("distance").value; draw(); tell(); });
    get("filters").addEventListener("change", function () {
      state.kinds = ticked("kinds");
      state.relations = ticked("relations");
      draw();
      tell();
    });
    get("only-drawn").addEventListener("change", function () {
      get("tables").classList.toggle("only", get("only-drawn").checked);
    });
    get("tables").addEventListener("click", function (event) {
      var link = event.target.closest("a[data-node], a[data-edge]");
      if (!link) { return; }
      event.preventDefault();
      if (link.dataset.node !== undefined) {
        choose({ node: +link.dataset.node });
      } else {
        var number = +link.dataset.edge, edge = data.edges[number];
        var shown = view.lines.find(function (line) { return line.edges.indexOf(number) >= 0; });
        choose({ line: shown || { id: "", family: data.edgeFamilies[edge.k], a: edge.a, b: edge.b, edges: [number] } });
      }
      near();
      get("canvas").focus({ preventScroll: true });
    });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", function () { cy.style(styles(colour)); });
    addEventListener("resize", function () { later(function () { cy.resize(); cy.fit(undefined, 18); }, 200); });
    setDay(data.on);
  }

  begin();
})();
