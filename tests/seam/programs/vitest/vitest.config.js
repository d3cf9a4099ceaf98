export default { test: { include: ["fake-timers.js"] } };
