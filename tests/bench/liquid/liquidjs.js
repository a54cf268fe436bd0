// node liquidjs.js TEMPLATE DATA PARTIALS SECONDS OUTPUT: microseconds a rendering
'use strict';
const { Liquid } = require('liquidjs');
const fs = require('fs');
const [template, data, partials, seconds, output] = process.argv.slice(2);
const engine = new Liquid({ partials, layouts: partials, extname: '.html', cache: true, jsTruthy: false });
const scope = JSON.parse(fs.readFileSync(data, 'utf8'));
const compiled = engine.parse(fs.readFileSync(template, 'utf8'));
fs.writeFileSync(output, engine.renderSync(compiled, scope));
const run = (limit) => { let n = 0; const from = process.hrtime.bigint(); let now = from; while (now - from < limit * 1e9) { for (let i = 0; i < 4; i++) engine.renderSync(compiled, scope); n += 4; now = process.hrtime.bigint(); } return Number(now - from) / 1000 / n; };
run(Number(seconds) / 2); // warm
console.log(run(Number(seconds)).toFixed(2));
