"""300 strings that try to run as script, to end the element they stand in, or to send a request."""

from __future__ import annotations

_RUN = "window.ran=1"
_MARKUP = (
    f"<script>{_RUN}</script>",
    f"</script><script>{_RUN}</script>",
    f"<!--<script>{_RUN}//-->",
    f"]]></script><script>{_RUN}</script>",
    f"</title><script>{_RUN}</script>",
    f"</style><script>{_RUN}</script>",
    f"</textarea><script>{_RUN}</script>",
    f"<img src=x onerror={_RUN}>",
    '<img src="https://planparse.invalid/x.png">',
    f"<svg onload={_RUN}>",
    f"<svg><script>{_RUN}</script></svg>",
    f"<math><mtext></p><img src=x onerror={_RUN}>",
    f"<iframe srcdoc='<script>parent.{_RUN}</script>'>",
    "<iframe src=https://planparse.invalid>",
    f"<body onload={_RUN}>",
    f"<details open ontoggle={_RUN}>",
    f"<input autofocus onfocus={_RUN}>",
    f"<a href=javascript:{_RUN}>一</a>",
    "<base href=https://planparse.invalid/>",
    "<link rel=stylesheet href=https://planparse.invalid/x.css>",
    "<meta http-equiv=refresh content='0;url=https://planparse.invalid'>",
    "<style>@import url(https://planparse.invalid/x.css);</style>",
    "<form action=https://planparse.invalid><button>",
    f"<video><source onerror={_RUN}></video>",
    "<object data=https://planparse.invalid></object>",
    f"javascript:{_RUN}",
    f"data:text/html,<script>{_RUN}</script>",
    f"&lt;script&gt;{_RUN}&lt;/script&gt;",
    f"${{{_RUN}}}",
    f"{{{{constructor.constructor('{_RUN}')()}}}}",
)
_WRAPPERS = ("{}", '"{}', "'{}", '">{}', "'>{}", "\u2028{}\u2029", "\\{}", "`{}`", "$data {} $scripts", "𠮷\r\n\0{}")

HOSTILE = tuple(wrapper.replace("{}", markup) for markup in _MARKUP for wrapper in _WRAPPERS)
