"""Values that cookies carry: client ids of measuring scripts, session keys with their name."""

from igmap.inventory.detectors.detector import Detector

NAMES = (
    r"PHPSESSID|MoodleSession\w*|MOODLEID\w*|JSESSIONID|ASP\.NET_SessionId|ASPSESSIONID\w*|connect\.sid"
    r"|laravel_session"
    r"|wordpress_logged_in_\w+|wp_woocommerce_session_\w+|_ga(?:_\w+)?|_fbp|_fbc|_gid|_gcl_au|_hjid"
    r"|_hjSessionUser_\w+|_pk_id\S{0,20}"
    r"|hubspotutk|__hstc|_clck|MUID|ajs_anonymous_id|mp_\w+_mixpanel|intercom-id-\w+|li_fat_id|bcookie|IDE|NID"
    r"|amplitude_id\w*"
)
DETECTOR = Detector(
    id="cookie",
    category="device_id",
    rare=True,
    pattern=r"\bGA1\.\d\.\d+\.\d+\b|\bGS\d\.\d\.[\ds]\d{5}\S+|\bfb\.\d\.\d{10,}\.\w+|\(\d+ characters\)"
    rf"|(?:^|[\s;:\"'])(?:{NAMES})=[^;\s]+|^amp-[\w-]{{20,40}}$|^[0-9a-f]{{16}}\.\d{{10}}\.$",
    weight=4.0,
)
