"use client";

import { useEffect } from "react";
import { statuses } from "../api.js";

/** First rendered on the server, which uses the package too. */
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
