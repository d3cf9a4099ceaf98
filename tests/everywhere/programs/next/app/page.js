"use client";

import { useEffect } from "react";
import { statuses } from "../api.js";

/** Rendered on the server first, where the package is used too. */
export default function Page() {
  useEffect(() => {
    import("../browser.js");
  }, []);
  return (
    <ul>
      {statuses().map(({ statusType, consoleName }) => (
        <li key={statusType}>
          {statusType}: {consoleName}
        </li>
      ))}
    </ul>
  );
}
