import Foundation
import Testing

@testable import Pictures

/// Variants that the encoders at hand do not write; the files were made once with libjpeg and libpng themselves.
struct UncommonPictureTests {
    @Test func `a CMYK JPEG is converted to RGB`() throws {
        // Cyan ink on the left, black ink on the right, stored inverted as Adobe does.
        let bitmap = try decode(
            """
            /9j/7gAOQWRvYmUAZAAAAAAA/9sAQwAQCwwODAoQDg0OEhEQExgoGhgWFhgxIyUdKDozPTw5Mzg3QEhcTkBEV0U3OFBtUVdfYmdo
            Zz5NcXlwZHhcZWdj/8AAFAgACAAQBEMRAE0RAFkRAEsRAP/EABYAAQEBAAAAAAAAAAAAAAAAAAcACP/EABQQAQAAAAAAAAAAAAAA
            AAAAAAD/2gAOBEMATQBZAEsAAD8APyAQCA0Akz+//9k=
            """
        )
        #expect(bitmap == halves([0, 255, 255, 255], [0, 0, 0, 255]))
    }

    @Test func `a progressive jpeg is drawn`() throws {
        let bitmap = try decode(
            """
            /9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAMCAgMCAgMDAwMEAwMEBQgFBQQEBQoHBwYIDAoMDAsKCwsNDhIQDQ4RDgsLEBYQERMU
            FRUVDA8XGBYUGBIUFRT/2wBDAQMEBAUEBQkFBQkUDQsNFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQU
            FBQUFBQUFBT/wgARCAAIABADASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAb/xAAVAQEBAAAAAAAAAAAAAAAAAAAEBv/a
            AAwDAQACEAMQAAABibYi1//EABQQAQAAAAAAAAAAAAAAAAAAABD/2gAIAQEAAQUCP//EABgRAAIDAAAAAAAAAAAAAAAAAAAHRILC
            /9oACAEDAQE/AWbDvg//xAAWEQADAAAAAAAAAAAAAAAAAAAABEH/2gAIAQIBAT8Bah//xAAUEAEAAAAAAAAAAAAAAAAAAAAQ/9oA
            CAEBAAY/Aj//xAAUEAEAAAAAAAAAAAAAAAAAAAAQ/9oACAEBAAE/IT//2gAMAwEAAgADAAAAEI//xAAUEQEAAAAAAAAAAAAAAAAA
            AAAA/9oACAEDAQE/EFf/xAAVEQEBAAAAAAAAAAAAAAAAAADBAP/aAAgBAgEBPxBy/8QAFBABAAAAAAAAAAAAAAAAAAAAEP/aAAgB
            AQABPxA//9k=
            """
        )
        // Colour is stored at half the resolution and bleeds across the middle.
        for (x, expected) in [(2, [220, 30, 40]), (13, [20, 200, 40])] {
            #expect(zip(bitmap[x, 4], expected).allSatisfy { abs(Int($0) - $1) <= 20 })
        }
    }

    @Test func `an interlaced png of 16 bits a colour is drawn`() throws {
        let bitmap = try decode(
            """
            iVBORw0KGgoAAAANSUhEUgAAAAQAAAAEEAIAAAEBBOX8AAAAQ0lEQVQImW3JQQmAQBBA0Tdgga2wFaxgJz3OcTtZwQoaYY2gJwXB
            y4fPwyWpdimaWaoORNHfGZqFRyarVJx8GpvxF24EqBMDtxzZNgAAAABJRU5ErkJggg==
            """
        )
        let pixels = (UInt8(0)..<16).flatMap { step -> [UInt8] in [step * 17, 255 - step * 17, 128, 255] }
        let distance = try #require(bitmap.distance(to: Bitmap(width: 4, height: 4, pixels: pixels)))
        #expect(distance <= 1)
    }

    @Test func `a png with a palette and transparent entries is drawn`() throws {
        let bitmap = try decode(
            """
            iVBORw0KGgoAAAANSUhEUgAAAAQAAAABCAMAAADO4v//AAAADFBMVEUA/wAB/gAC/QED/AFa0MT7AAAAAnRSTlMAgJsrThgAAAAN
            SURBVAiZY2BgZGIGAAAPAAem2ZL5AAAAAElFTkSuQmCC
            """
        )
        let pixels: [UInt8] = [0, 255, 0, 0, 1, 254, 0, 128, 2, 253, 1, 255, 3, 252, 1, 255]
        #expect(bitmap == Bitmap(width: 4, height: 1, pixels: pixels))
    }

    @Test func `an interlaced png of one bit a pixel is drawn`() throws {
        let bitmap = try decode(
            """
            iVBORw0KGgoAAAANSUhEUgAAAAQAAAACAQAAAAEg1HBYAAAAEElEQVQImWNoYGhgYGAIAAAGWAFRT49u/QAAAABJRU5ErkJggg==
            """
        )
        let pixels = [1, 0, 1, 0, 0, 1, 0, 1].flatMap { bit -> [UInt8] in
            bit == 1 ? [255, 255, 255, 255] : [0, 0, 0, 255]
        }
        #expect(bitmap == Bitmap(width: 4, height: 2, pixels: pixels))
    }

    private func decode(_ base64: String) throws -> Bitmap {
        try PictureDecoder.decode(try #require(Data(base64Encoded: base64, options: .ignoreUnknownCharacters)))
    }

    /// 16×8 pixels, the left half in one colour and the right half in another.
    private func halves(_ left: [UInt8], _ right: [UInt8]) -> Bitmap {
        let row = (0..<16).flatMap { $0 < 8 ? left : right }
        return Bitmap(width: 16, height: 8, pixels: Array(repeatElement(row, count: 8).joined()))
    }
}
