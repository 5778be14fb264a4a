"""User agents of browsers, apps and robots."""

from igmap.inventory.detectors.detector import Detector

FAMILIES = (
    r"Mozilla|Opera|Dalvik|curl|Wget|python-requests|python-httpx|Python-urllib|aiohttp|okhttp|Moodle(?:Mobile"
    r"|Bot)?|MoodleMobile"
    r"|[A-Za-z]*[Bb]ot|Apache-HttpClient|Java|PostmanRuntime|axios|node-fetch|undici|Go-http-client|libwww-perl"
    r"|Ruby|GuzzleHttp"
    r"|CFNetwork|Microsoft Office|Outlook-iOS|Outlook-Android|facebookexternalhit|WhatsApp|TelegramBot"
    r"|Slackbot[\w-]*|Zapier|Symfony"
    r"|insomnia|HTTPie|Scrapy|HeadlessChrome|WordPress|Windows-Update-Agent|AppleCoreMedia|stagefright|VLC|Roku"
    r"|SamsungBrowser"
)
DETECTOR = Detector(
    id="user_agent",
    category="user_agent",
    rare=True,
    pattern=rf"^(?:{FAMILIES})/v?\d.*$|^[\w.-]{{2,40}}/[\d.]+ (?:\([^()]{{0,80}}\) )?(?:CFNetwork|Darwin|okhttp"
    rf"|Dalvik|Alamofire|Flutter|Dart)/\d.*$"
    r"|^[\w.-]{2,40}/[\d.]+ \((?:iPhone|iPad|iOS|Android|Linux|Windows|Macintosh)\b.*$",
    in_text=False,
    needs="9A/",
    digits=1,
)
