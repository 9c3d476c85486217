"use strict";
/* Everything can be read without this; it adds filters. Parts that need it wait in the page with "hidden". */
(function () {
  for (const tool of document.querySelectorAll("[data-needs-script]")) tool.hidden = false;
})();
