/** Tells the run how it went: the results, or what kept them from being had. */
export async function report(url, conformance) {
  const body = await conformance.then(
    (results) => ({ results }),
    (error) => ({ error: String(error?.stack ?? error) }),
  );
  await fetch(url, { method: "POST", body: JSON.stringify(body) });
}
