import FileTypes
import Foundation
import Testing

struct FileTypeTests {
    private static func bytes(_ text: String) -> [UInt8] { text.unicodeScalars.map { UInt8($0.value) } }

    @Test(arguments: [
        ("\u{89}PNG\r\n\u{1A}\n", "png"), ("\u{FF}\u{D8}\u{FF}\u{E0}", "jpg"), ("GIF89a", "gif"),
        ("RIFF\u{10}\0\0\0WEBPVP8 ", "webp"), ("RIFF\u{24}\0\0\0WAVEfmt ", "wav"), ("RIFF\u{24}\0\0\0AVI LIST", "avi"),
        ("\0\0\0\u{1C}ftypavif\0\0\0\0", "avif"), ("\0\0\0\u{1C}ftypheic", "heic"),
        ("\0\0\0\u{1C}ftypmif1\0\0\0\0mif1miafavif", "avif"), ("\0\0\0\u{1C}ftypmif1\0\0\0\0mif1heic", "heic"),
        ("\0\0\0\u{1C}ftypM4A ", "m4a"), ("\0\0\0\u{14}ftypqt  ", "mov"), ("\0\0\0\u{18}ftypisom", "mp4"),
        ("\0\0\u{1}\0moov", "mov"), ("\0\0\u{1}\0\u{1}\0\u{20}\u{20}\0\0\u{1}\0", "ico"),
        ("\u{1A}E\u{DF}\u{A3}\u{9F}B\u{86}\u{81}\u{1}B\u{82}\u{84}webm", "webm"),
        ("\u{1A}E\u{DF}\u{A3}\u{9F}B\u{82}\u{88}matroska", "mkv"),
        ("OggS\0\u{2}", "ogg"), ("fLaC\0", "flac"), ("ID3\u{4}\0", "mp3"), ("\u{FF}\u{FB}\u{90}\u{64}", "mp3"),
        ("\u{FF}\u{F1}\u{50}\u{80}", "aac"), ("FORM\0\0\0\0AIFF", "aiff"), ("MThd\0\0\0\u{6}", "mid"),
        ("glTF\u{2}\0\0\0", "glb"), ("ply\nformat ascii 1.0\n", "ply"), ("Kaydara FBX Binary  \0", "fbx"),
        ("PK\u{3}\u{4}", "zip"), ("\u{1F}\u{8B}\u{8}", "gz"), ("BZh91AY&SY", "bz2"), ("%PDF-1.7", "pdf"),
        ("7z\u{BC}\u{AF}\u{27}\u{1C}", "7z"), ("GGUF\u{3}\0\0\0", "gguf"), ("SQLite format 3\0", "sqlite"),
        ("\u{40}\0\0\0\0\0\0\0{\"weight\":", "safetensors"), ("\u{93}NUMPY\u{1}", "npy"), ("8BPS\0\u{1}", "psd"),
        ("{\"a\": 1}", "json"), ("[[0.1, 2]]", "json"), ("\u{FF}\u{FE}<\0h\0t\0m\0l\0>\0", "html"),
    ])
    func `the type is found by the first bytes`(head: String, fileExtension: String) {
        #expect(FileType.detect(Self.bytes(head))?.fileExtension == fileExtension)
    }

    @Test(arguments: [
        ("<!DOCTYPE html><html>", "html"), ("<!doctype\nHTML>", "html"),
        ("\u{EF}\u{BB}\u{BF} \n<HTML lang=en>", "html"),
        ("<!-- served by a cache -->\n<!-- again --><html>", "html"), ("<head><title>502</title>", "html"),
        ("<?xml version='1.0'?><!DOCTYPE html PUBLIC 'x'><html>", "html"), ("<h1>Not found</h1>", "html"),
        ("<?xml version=\"1.0\"?>\n<score-partwise version=\"4.0\">", "xml"),
        ("<?xml version='1.0'?><!DOCTYPE score-partwise PUBLIC 'x'><score-partwise>", "xml"),
        ("<?xml version='1.0'?><Error><Code>AccessDenied</Code></Error>", "xml"),
        ("<?xml version=\"1.0\"?>\n<svg xmlns='http://www.w3.org/2000/svg'>", "svg"),
        ("<svg:svg xmlns:svg='x'>", "svg"),
    ])
    func `markup is found by its root element after any prolog`(head: String, fileExtension: String) {
        #expect(FileType.detect(Self.bytes(head))?.fileExtension == fileExtension)
    }

    @Test(arguments: [
        "", "hello", "<", "<!-- never closed <html>", "BM is a word", "ID3 tags", "BZhang", "[not json]", "{x}",
        "    moov", "\u{FF}", "\0\0\0\0\0\0\0\0{\"", "1\n00:00:00,000 --> 00:00:01,000\n",
    ])
    func `plain text and short heads have no type`(head: String) {
        #expect(FileType.detect(Self.bytes(head)) == nil)
    }

    @Test func `a page after a long comment is found when enough bytes are read`() {
        let page = Array("<!--\(String(repeating: "x", count: 9_000))--><html>".utf8)
        #expect(FileType.detect(page) == nil)
        #expect(FileType.detect(page, length: 64 << 10) == .html)
    }

    @Test func `names find the same types`() {
        #expect(FileType(mediaType: "Image/JPEG; q=1") == .jpeg)
        #expect(FileType(mediaType: "audio/x-wav") == .wav)
        #expect(FileType(mediaType: "application/octet-stream") == nil)
        #expect(FileType(fileExtension: "JPEG") == .jpeg)
        #expect(FileType(fileExtension: "htm") == .html)
        #expect(FileType(fileExtension: "xyz") == nil)
    }
}
