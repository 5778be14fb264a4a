"""Attachments that are not read: pictures, sound, video, signatures and encrypted text, told by content and by type."""

import re

PICTURES, SOUNDS, VIDEOS, SIGNATURES = "pictures", "sounds", "videos", "signatures"
LEFT_OUT = "attachments that are not read: {} pictures, {} sounds, {} videos, {} signatures or encrypted texts"
STARTS = {
    PICTURES: re.compile(
        rb"\x89PNG|\xff\xd8\xff|GIF8[79]a|BM.{4}\0\0\0\0|II\*\0|MM\0\*|RIFF.{4}WEBP|\x00\x00\x01\x00"
        rb"|\xd7\xcd\xc6\x9a|\x01\x00\x00\x00.{36} EMF"
        rb"|.{4}ftyp(?:heic|heix|mif1|avif)|(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,500}?-->\s*)?"
        rb"(?:<!DOCTYPE svg[^>]*>\s*)?<svg[\s>]",
        re.DOTALL,
    ),
    SOUNDS: re.compile(rb"ID3[\x02-\x04]|\xff[\xf1-\xfb]|OggS|fLaC|#!AMR|RIFF.{4}WAVE|.{4}ftypM4A|MThd", re.DOTALL),
    VIDEOS: re.compile(rb"\x1a\x45\xdf\xa3|\x00\x00\x01[\xba\xb3]|RIFF.{4}AVI |.{4}ftyp|\x30\x26\xb2\x75", re.DOTALL),
    SIGNATURES: re.compile(rb"-----BEGIN PGP (?:SIGNATURE|MESSAGE|PUBLIC KEY)"),
}
DECLARED = {
    PICTURES: re.compile(r"image/"),
    SOUNDS: re.compile(r"audio/"),
    VIDEOS: re.compile(r"video/"),
    SIGNATURES: re.compile(r"application/(?:x-)?(?:pkcs7-(?:signature|mime)|pgp-(?:signature|encrypted|keys))"),
}
SIGNATURE_NAMES = re.compile(r".*\.(?:p7s|p7m|p7c|sig|asc)", re.IGNORECASE)
ASN_1, PEM, PGP_VERSION = b"\x30", b"-----BEGIN PKCS7", b"Version: 1"
LOOKED_AT = 2048


def left_out(content: bytes, declared: str, name: str) -> str:
    """Which of the groups that are not read an attachment belongs to, or "".

    Args:
        content: its bytes.
        declared: its content type; believed only for what is not text, since a table may be declared a picture.
        name: of the file.
    """
    start = content[:LOOKED_AT]
    by_content = next((group for group, pattern in STARTS.items() if pattern.match(start)), "")
    group = next((group for group, pattern in DECLARED.items() if pattern.match(declared)), "")
    if SIGNATURE_NAMES.fullmatch(name) or group == SIGNATURES:
        is_one = start.startswith((ASN_1, PEM, PGP_VERSION))
        return SIGNATURES if is_one else by_content
    return by_content or ("" if _is_text(start) else group)


def _is_text(start: bytes) -> bool:
    """Whether hardly a byte of it is a control character."""
    control = len(start.translate(None, bytes(range(9, 14)) + bytes(range(32, 256))))
    return control * 20 <= len(start)
