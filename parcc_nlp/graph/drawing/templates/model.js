// What of the graph is to be drawn: which edges hold on a day, what is folded into what, how far it is from the centre.
// Pure functions over the data of the page; nothing here touches the document.
var ParccModel = (function () {
  "use strict";

  function holds(edge, day) { return (!edge.d || edge.d <= day) && (!edge.u || day < edge.u); }

  // Who stands for each node: itself if its kind is shown, else the nearest shown unit that it is a part of; -1: nobody,
  // also where what it is a part of was not there yet. A day of null means whatever the day.
  function representatives(data, kinds, day) {
    var NOBODY = -1, GONE = -2;
    var found = new Array(data.nodes.length);
    function find(number) {
      if (found[number] !== undefined) { return found[number]; }
      var node = data.nodes[number];
      found[number] = GONE;
      if (day !== null && node.i && node.i > day) { return GONE; }
      var above = node.p === undefined ? NOBODY : find(node.p);
      if (above !== GONE) { found[number] = kinds.has(node.k) ? number : above; }
      return found[number];
    }
    data.nodes.forEach(function (node, number) { find(number); });
    return found.map(function (one) { return Math.max(one, NOBODY); });
  }

  // The edges between representatives; those of one family between the same two are one line.
  function lines(data, standFor, relations, day) {
    var merged = new Map();
    data.edges.forEach(function (edge, number) {
      if (!relations.has(edge.k) || (day !== null && !holds(edge, day))) { return; }
      var a = standFor[edge.a], b = standFor[edge.b];
      if (a < 0 || b < 0 || a === b) { return; }
      var family = data.edgeFamilies[edge.k], key = family + "/" + a + "/" + b;
      if (!merged.has(key)) { merged.set(key, { id: key, family: family, a: a, b: b, edges: [] }); }
      merged.get(key).edges.push(number);
    });
    return Array.from(merged.values());
  }

  function neighbours(drawn) {
    var around = new Map();
    function add(one, other) { if (!around.has(one)) { around.set(one, []); } around.get(one).push(other); }
    drawn.forEach(function (line) { add(line.a, line.b); add(line.b, line.a); });
    return around;
  }

  // Steps from the centres, nearest first; 0 steps at most means no bound, and then what is not connected comes last.
  function reach(centres, drawn, standFor, most) {
    var around = neighbours(drawn), steps = new Map(), wave = [];
    centres.forEach(function (one) {
      var stands = standFor[one];
      if (stands >= 0 && !steps.has(stands)) { steps.set(stands, 0); wave.push(stands); }
    });
    for (var step = 1; wave.length && (!most || step <= most); step += 1) {
      var reached = [];
      wave.forEach(function (one) {
        (around.get(one) || []).forEach(function (other) {
          if (!steps.has(other)) { steps.set(other, step); reached.push(other); }
        });
      });
      wave = reached;
    }
    if (!most) {
      var last = 1 + Math.max.apply(null, [0].concat(Array.from(steps.values())));
      standFor.forEach(function (one, number) { if (one === number && !steps.has(one)) { steps.set(one, last); } });
    }
    return steps;
  }

  // The part of the graph to draw. `day` null: whatever held at some time.
  function part(data, state, day) {
    var standFor = representatives(data, state.kinds, day);
    var drawn = lines(data, standFor, state.relations, day);
    var steps = reach(state.centres, drawn, standFor, state.distance);
    return {
      standFor: standFor,
      steps: steps,
      lines: drawn.filter(function (line) { return steps.has(line.a) && steps.has(line.b); })
    };
  }

  // The status of a node on a day: the last change not later than it.
  function standing(node, day) {
    var answer = -1;
    (node.s || []).forEach(function (change) { if (change[0] <= day) { answer = change[1]; } });
    return answer;
  }

  // Letters without marks, so that a search need not type them.
  function plain(text) {
    return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[đð]/gi, "d").toLowerCase();
  }

  function matching(texts, wanted) {
    var parts = plain(wanted).split(/\s+/).filter(Boolean);
    if (!parts.length) { return []; }
    var found = [];
    texts.forEach(function (text, number) {
      if (parts.every(function (part) { return text.indexOf(part) >= 0; })) { found.push(number); }
    });
    return found;
  }

  return {
    holds: holds, representatives: representatives, lines: lines, reach: reach, part: part, standing: standing,
    plain: plain, matching: matching
  };
})();
