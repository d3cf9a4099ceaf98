/** Sends a report: the results, or the error that prevented them. */
export async function report(url, conformance) {
  const body = await conformance.then(
    (results) => ({ results }),
    (error) => ({ error: String(error?.stack ?? error) }),
  );
  await fetch(url, { method: "POST", body: JSON.stringify(body) });
}
