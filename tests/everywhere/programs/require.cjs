const api = require("push-source-status");

const { ENDPOINT: endpoint, REPORT: reportUrl } = process.env;
Promise.all([import("./conformance.js"), import("./report.js")]).then(([{ conformance }, { report }]) =>
  report(reportUrl, conformance({ endpoint, api })),
);
