import Foundation
import Testing

@testable import Pictures

struct PictureFormatTests {
    @Test(arguments: [
        ("\u{89}PNG\r\n\u{1A}\n", PictureFormat.png),
        ("\u{89}PNG\n", .unknown),
        ("\u{FF}\u{D8}\u{FF}\u{E0}", .jpeg),
        ("\u{FF}\u{D8}", .unknown),
        ("RIFF\u{10}\0\0\0WEBPVP8 ", .webp),
        ("RIFF\u{10}\0\0\0WAVEfmt ", .unknown),
        ("GIF89a", .gif),
        ("GIF87a", .gif),
        ("GIF90a", .unknown),
        ("\0\0\0\u{18}ftypisom", .mp4),
        ("\0\0\0\u{14}ftypqt  ", .mp4),
        ("\0\0\0\u{20}ftypavif", .unknown),
        ("\0\0\0\u{20}ftypheic", .unknown),
        ("\0\0\0\u{8}wide", .mp4),
        ("\0\0\u{1}\0moov", .mp4),
        ("    moov", .unknown),
        ("\u{1A}E\u{DF}\u{A3}\u{9F}B\u{86}\u{81}\u{1}B\u{82}\u{84}webm", .webm),
        ("\u{1A}E\u{DF}\u{A3}\u{9F}B\u{86}\u{81}\u{1}B\u{82}\u{88}matroska", .unknown),
        ("<svg xmlns='http://www.w3.org/2000/svg'/>", .svg),
        ("\u{EF}\u{BB}\u{BF}  \n<?xml version='1.0'?><!-- > a drawing --> <!DOCTYPE svg PUBLIC 'x'>\n<svg>", .svg),
        ("<svgfoo>", .unknown),
        ("<svg", .unknown),
        ("<?xml version='1.0'?><Error><Code>AccessDenied</Code></Error>", .unknown),
        ("<!DOCTYPE html><html><body><svg></svg>", .unknown),
        ("<html><svg>", .unknown),
        ("<!-- never closed <svg>", .unknown),
        (#"{"detail": "not found", "picture": "<svg>"}"#, .unknown),
        ("[]", .unknown),
        ("", .unknown),
    ])
    func `the format is found by the first bytes`(head: String, format: PictureFormat) {
        let bytes = head.unicodeScalars.map { UInt8($0.value) }
        #expect(PictureFormat.detect(bytes) == format)
        #expect(PictureFormat.detect(Data(bytes)) == format)
    }

    @Test func `every encoder's output is recognised`() {
        let bitmap = Sample.gradient(9, 7)
        #expect(PictureFormat.detect(Sample.png(bitmap)) == .png)
        #expect(PictureFormat.detect(Sample.jpeg(bitmap)) == .jpeg)
        #expect(PictureFormat.detect(Sample.webp(bitmap)) == .webp)
        #expect(PictureFormat.detect(Sample.losslessWebP(bitmap)) == .webp)
        #expect(PictureFormat.detect(MovieMuxer(samples: [Sample.jpeg(bitmap)]).data) == .mp4)
    }

    @Test func `types and extensions are the registered ones`() {
        let table = PictureFormat.allCases.map { "\($0.rawValue) \($0.mimeType) \($0.fileExtension) \($0.isVideo)" }
        #expect(
            table == [
                "webp image/webp webp false",
                "png image/png png false",
                "jpeg image/jpeg jpg false",
                "gif image/gif gif false",
                "mp4 video/mp4 mp4 true",
                "webm video/webm webm true",
                "svg image/svg+xml svg false",
                "unknown application/octet-stream bin false",
            ]
        )
    }
}
