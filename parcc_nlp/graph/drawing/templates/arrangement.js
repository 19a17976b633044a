// Where the boxes stand: in columns, the centre in the middle, to its left what it stands on and who acts on it, to its
// right what it cites and what changed that. The same part of a graph is always arranged in the same way.
var ParccArrangement = (function () {
  "use strict";

  var WIDTH = 250, BETWEEN = 90, FURTHER = 135, WITHIN = 26, LINE = 18, PADDING = 9, GAP = 7, HEADING = 34;
  var ROWS = [10, 13, 16, 20, 25, 32, 40, 60, 100];
  var LEFT = ["basis", "assigns", "holds"];
  var ORDER = ["basis", "cites", "ends", "changes", "assigns", "holds"];

  function height(node) { return LINE * node.l.length + PADDING; }

  // The first line between a node and one nearer to the centre tells on which side of it the node stands.
  function sides(data, part) {
    var side = new Map(), parent = new Map(), rank = new Map(), leading = new Set();
    var order = Array.from(part.steps.keys());
    var by = new Map();
    part.lines.forEach(function (line) {
      [[line.a, line.b], [line.b, line.a]].forEach(function (ends) {
        if (!by.has(ends[0])) { by.set(ends[0], []); }
        by.get(ends[0]).push({ other: ends[1], line: line, out: ends[0] === line.b });
      });
    });
    order.forEach(function (one) {
      var step = part.steps.get(one);
      if (step === 0) { side.set(one, 0); return; }
      var inner = (by.get(one) || []).filter(function (way) { return part.steps.get(way.other) === step - 1; });
      if (!inner.length) { side.set(one, 1); rank.set(one, ORDER.length); return; }
      parent.set(one, inner.map(function (way) { return way.other; }));
      if (step > 1) { inner.forEach(function (way) { leading.add(way.other); }); }
      if (step > 1) { side.set(one, side.get(inner[0].other) || 1); return; }
      var left = inner.some(function (way) { return way.out && LEFT.indexOf(way.line.family) >= 0; });
      side.set(one, left ? -1 : 1);
      rank.set(one, Math.min.apply(null, inner.map(function (way) { return ORDER.indexOf(way.line.family); })));
    });
    return { order: order, side: side, parent: parent, rank: rank, leading: leading };
  }

  // Stacks boxes as near as possible to where they should stand.
  function stack(data, column, wanted, gaps) {
    var at = -Infinity, moved = 0;
    var tops = column.map(function (one, place) {
      var size = height(data.nodes[one]);
      var top = Math.max(wanted(one) - size / 2, at + (gaps[place] || GAP));
      at = top + size;
      moved += top + size / 2 - wanted(one);
      return top;
    });
    var back = column.length ? moved / column.length : 0;
    return tops.map(function (top) { return top - back; });
  }

  // Long columns are broken into several, as many as make the whole fit its frame best.
  function columns(data, part, frame) {
    var best = null, found = sides(data, part);
    ROWS.forEach(function (rows) {
      var made = broken(data, part, found, rows);
      var spots = Array.from(made.place.values()), xs = spots.map(function (one) { return one.x; });
      var ys = spots.map(function (one) { return one.y; });
      function span(values) { return values.length ? Math.max.apply(null, values) - Math.min.apply(null, values) : 0; }
      made.scale = Math.min(frame.width / (span(xs) + WIDTH + 36), frame.height / (span(ys) + 90));
      if (!best || made.scale > best.scale * 1.02) { best = made; }
    });
    return best;
  }

  function broken(data, part, found, most) {
    var place = new Map(), byColumn = new Map(), headings = [];
    found.order.forEach(function (one) {
      var column = found.side.get(one) * part.steps.get(one);
      if (!byColumn.has(column)) { byColumn.set(column, []); }
      byColumn.get(column).push(one);
    });
    var numbers = Array.from(byColumn.keys()).sort(function (a, b) { return Math.abs(a) - Math.abs(b) || b - a; });
    var edge = { "1": WIDTH / 2, "-1": -WIDTH / 2 };
    function rank(one) { return found.rank.has(one) ? found.rank.get(one) : -1; }
    numbers.forEach(function (number) {
      var column = byColumn.get(number), direction = number < 0 ? -1 : 1;
      var middle = new Map(column.map(function (one) {
        var inner = (found.parent.get(one) || []).map(function (other) { return place.get(other); }).filter(Boolean);
        var sum = inner.reduce(function (total, spot) { return total + spot.y; }, 0);
        return [one, Math.abs(number) > 1 && inner.length ? sum / inner.length : 0];
      }));
      var before = new Map(column.map(function (one, position) { return [one, position]; }));
      // What leads further outwards stands in the outer of several columns, so that fewer lines run behind boxes.
      function outer(one) { return column.length > most && found.leading.has(one) ? 1 : 0; }
      column.sort(function (a, b) {
        return rank(a) - rank(b) || outer(a) - outer(b) || middle.get(a) - middle.get(b) || before.get(a) - before.get(b);
      });
      var parts = Math.ceil(column.length / most), rows = Math.ceil(column.length / parts);
      for (var first = 0, sub = 0; first < column.length; first += rows, sub += 1) {
        var these = column.slice(first, first + rows), begins = these.map(function (one, position) {
          return number !== 0 && (!position || rank(one) !== rank(these[position - 1]));
        });
        var x = number === 0 ? sub * (WIDTH + WITHIN) : edge[direction] + direction * (WIDTH / 2 + (sub ? WITHIN : Math.abs(number) > 1 ? FURTHER : BETWEEN));
        var gaps = begins.map(function (is, position) { return is && position ? HEADING : GAP; });
        var tops = stack(data, these, function (one) { return middle.get(one); }, gaps);
        these.forEach(function (one, position) {
          place.set(one, { x: x, y: tops[position] + height(data.nodes[one]) / 2 });
          if (begins[position]) {
            headings.push({ x: x, y: tops[position] - 13, of: ORDER[rank(one)] || "further", left: number < 0 });
          }
        });
        if (number === 0) { edge["1"] = x + WIDTH / 2; } else { edge[direction] = x + direction * WIDTH / 2; }
      }
    });
    return { place: place, headings: headings };
  }

  return { columns: columns, height: height, width: WIDTH };
})();
