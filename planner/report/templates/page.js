// ES5 on purpose: this part has to run in old browsers too, to say that they are too old.
(function () {
  'use strict';
  var settings = JSON.parse(document.getElementById('settings').textContent);
  function all(query, root) { return Array.prototype.slice.call((root || document).querySelectorAll(query)); }
  function byId(id) { return document.getElementById(id); }

  if (!window.Plotly) { byId('old').hidden = false; byId('old').removeAttribute('hidden'); }

  function ready() { return !!window.Plotly; }
  function shown(element) { return element.offsetParent !== null; }
  function spec(plot) {
    var found = JSON.parse(byId(plot.getAttribute('data-spec')).textContent), base = JSON.parse(JSON.stringify(settings.layout));
    Object.keys(base).forEach(function (key) { if (!(key in found.layout)) { found.layout[key] = base[key]; } });
    return found;
  }

  function draw(plot) {
    if (!ready() || plot.getAttribute('data-drawn')) { return; }
    plot.setAttribute('data-drawn', '1');
    var found = spec(plot);
    window.Plotly.newPlot(plot, found.data, found.layout, settings.config);
  }

  function queue() {
    var waiting = all('.plot').filter(function (p) { return shown(p); });
    function next() {
      var plot = waiting.shift();
      if (!plot) { document.documentElement.setAttribute('data-ready', '1'); return; }
      draw(plot);
      window.setTimeout(next, 0);
    }
    next();
  }

  // a picked scenario or year shows its own drawing, sentence and table together, so none of them can be stale
  function pick(card) {
    var wanted = all('select', card).map(function (s) { return s.value; });
    all('.panel', card).forEach(function (panel) {
      var choice = panel.getAttribute('data-choice');
      if (!choice) { return; }
      var mine = JSON.parse(choice);
      panel.hidden = mine.some(function (value, i) { return value !== wanted[i]; });
      if (!panel.hidden) { all('.plot', panel).forEach(function (p) { draw(p); fit(p); }); }
    });
  }
  all('select[data-card]').forEach(function (select) {
    all('option', select).forEach(function (option) { option.selected = option.defaultSelected; });
    select.addEventListener('change', function () { pick(byId(select.getAttribute('data-card'))); });
  });

  function fit(plot) {
    if (ready() && plot.getAttribute('data-drawn') && shown(plot)) { window.Plotly.Plots.resize(plot); }
  }

  // data and picture of each figure, made here and saved by the browser; nothing is sent
  function save(name, blob) {
    var link = document.createElement('a');
    link.href = URL.createObjectURL(blob);
    link.download = name;
    document.body.appendChild(link);
    link.click();
    document.body.removeChild(link);
    window.setTimeout(function () { URL.revokeObjectURL(link.href); }, 1000);
  }
  function cell(element) {
    var text = element.textContent.trim();
    if (/^[+-]?[\d,]+(\.\d+)?$/.test(text)) { return text.replace(/,/g, '').replace(/^\+/, ''); }
    if (/^[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/.test(text)) { text = "'" + text; }
    return '"' + text.replace(/"/g, '""') + '"';
  }
  all('.csv').forEach(function (button) {
    button.addEventListener('click', function () {
      var rows = all('tr', button.parentNode).map(function (row) { return all('th,td', row).map(cell).join(','); });
      save(button.getAttribute('data-file') + '.csv', new Blob(['\ufeff' + rows.join('\r\n') + '\r\n'], { type: 'text/csv' }));
    });
  });
  function plain(text) { return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;'); }
  function broken(text, width) {
    var lines = [], line = '', used = 0, i;
    for (i = 0; i < text.length; i += 1) {
      used += text.charCodeAt(i) > 11903 ? 2 : 1;
      line += text.charAt(i);
      if (used >= width) { lines.push(plain(line)); line = ''; used = 0; }
    }
    return lines.concat(line ? [plain(line)] : []);
  }
  all('.png').forEach(function (button) {
    button.addEventListener('click', function () {
      if (!ready()) { return; }
      var plot = byId(button.getAttribute('data-plot')), found = spec(plot), width = Math.max(720, plot.offsetWidth);
      var lines = broken(plot.getAttribute('aria-label'), width / 8.5), small = broken(settings.synthetic, width / 6);
      var room = 34 + 22 * lines.length + 16 * small.length, named = found.data.filter(function (t) { return t.name; });
      lines = lines.concat(small.map(function (t) { return '<span style="font-size:11px;color:#7a4b00">' + t + '</span>'; }));
      if (named.length > 1) {
        found.layout.showlegend = true;
        found.layout.legend = { orientation: 'h', x: 0, y: 0, yref: 'container', yanchor: 'bottom' };
        found.layout.margin.b += 16 + 22 * Math.ceil(named.length / 2);
        found.layout.height += 8 + 22 * Math.ceil(named.length / 2);
      }
      found.layout.title = { text: lines.join('<br>'), x: 0.01, y: 1, yref: 'container', yanchor: 'top', pad: { t: 22 }, font: { size: 15 } };
      found.layout.margin.t += room;
      found.layout.height += room;
      found.layout.width = width;
      window.Plotly.downloadImage({ data: found.data, layout: found.layout, config: settings.config },
        { format: 'png', width: width, height: found.layout.height, scale: 2, filename: button.getAttribute('data-file') });
    });
  });

  // print: tables open (but for very long ones, which say so), every drawing of the size it has on paper;
  // a Sankey drawing is shrunk as it stands, for drawing it anew takes time that print does not give
  var LONG = 150, TALL = 560, WHOLE = 1020;
  var opened = [];
  function before() {
    all('details.data').forEach(function (d) {
      if (!d.open && all('tbody tr', d).length <= LONG) { opened.push(d); d.open = true; }
    });
    all('.plot').forEach(function (plot) {
      if (!ready() || plot.getAttribute('data-paper') || !plot.getAttribute('data-drawn') || !shown(plot)) { return; }
      var grid = plot.parentNode.parentNode.parentNode.className;
      var width = /c3/.test(grid) ? 325 : /c2/.test(grid) ? 490 : WHOLE, still = /wider/.test(plot.parentNode.className);
      var shrink = Math.min(1, TALL / plot.offsetHeight, still ? WHOLE / plot.offsetWidth : 1);
      plot.setAttribute('data-paper', '1');
      plot.style.zoom = shrink;
      plot.style.width = (still ? plot.offsetWidth : width / shrink) + 'px';
      if (!still) { window.Plotly.relayout(plot, { width: width / shrink, autosize: false }); }
    });
  }
  function after() {
    opened.forEach(function (d) { d.open = false; });
    opened = [];
    all('.plot[data-paper]').forEach(function (plot) {
      plot.removeAttribute('data-paper');
      plot.style.zoom = plot.style.width = '';
      if (!/wider/.test(plot.parentNode.className)) { window.Plotly.relayout(plot, { width: null, autosize: true }); }
    });
  }
  window.addEventListener('beforeprint', before);
  window.addEventListener('afterprint', after);

  // the section being read is marked in the list of sections
  if (window.IntersectionObserver) {
    var links = {};
    all('nav a').forEach(function (a) { links[a.getAttribute('href').slice(1)] = a; });
    var watch = new IntersectionObserver(function (entries) {
      entries.forEach(function (entry) {
        if (!entry.isIntersecting) { return; }
        all('nav a[aria-current]').forEach(function (a) { a.removeAttribute('aria-current'); });
        links[entry.target.id].setAttribute('aria-current', 'true');
      });
    }, { rootMargin: '-15% 0px -75% 0px' });
    all('main > section').forEach(function (s) { watch.observe(s); });
  }

  if (ready()) { queue(); }
}());
