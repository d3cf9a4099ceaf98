import "../browser.js";
