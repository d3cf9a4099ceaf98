/** Makes calls one after another on one source. */
export async function sequential(set, count) {
  for (let made = 0; made < count; made += 1) await set("source");
}

/** Makes calls on many sources, so many at once. */
export async function concurrent(set, count, atOnce) {
  let made = 0;
  const one = async (lane) => {
    for (; made < count; made += 1) await set(`source-${lane}`);
  };
  await Promise.all(Array.from({ length: atOnce }, (_, lane) => one(lane)));
}
