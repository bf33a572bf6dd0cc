import Foundation
import Pixels
import Testing

@testable import Pictures

struct GraphicsProtocolTests {
    private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

    @Test func `a small picture is sent in one sequence`() {
        let chunks = KittyGraphics.transmission(png: Data("picture".utf8), id: .init(42), columns: 20, rows: 10)
        #expect(chunks.map(text) == ["\u{1B}_Ga=T,U=1,q=2,i=42,f=100,c=20,r=10,m=0;cGljdHVyZQ==\u{1B}\\"])
    }

    @Test(arguments: [1, 3071, 3072, 3073, 6144, 10_000])
    func `a large picture is sent in chunks that join to the whole`(count: Int) throws {
        let file = Data((0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) })
        let chunks = KittyGraphics.transmission(png: file, id: .init(0x12_34_56), columns: 9, rows: 3).map(text)
        var payload = ""
        for (index, chunk) in chunks.enumerated() {
            let isLast = index == chunks.count - 1
            let parts = chunk.dropFirst(3).dropLast(2).split(separator: ";", omittingEmptySubsequences: false)
            #expect(chunk.hasPrefix("\u{1B}_G") && chunk.hasSuffix("\u{1B}\\") && parts.count == 2)
            #expect(parts[1].utf8.count <= 4096 && (isLast || parts[1].utf8.count % 4 == 0))
            #expect(parts[0].hasSuffix(isLast ? "m=0" : "m=1"))
            #expect(
                index == 0 ? parts[0].hasPrefix("a=T,U=1,q=2,i=1193046,f=100,c=9,r=3,") : parts[0].hasPrefix("q=2,m=")
            )
            payload += parts[1]
        }
        #expect(Data(base64Encoded: payload) == file)
    }

    @Test func `pixels are sent as three bytes, or four when transparent`() {
        let opaque = KittyGraphics.transmission(Sample.plain(2, 1, [1, 2, 3, 255]), id: .init(7), columns: 2, rows: 1)
        #expect(opaque.map(text) == ["\u{1B}_Ga=T,U=1,q=2,i=7,f=24,s=2,v=1,c=2,r=1,m=0;AQIDAQID\u{1B}\\"])
        let clear = KittyGraphics.transmission(Sample.plain(1, 1, [1, 2, 3, 4]), id: .init(7), columns: 2, rows: 1)
        #expect(clear.map(text) == ["\u{1B}_Ga=T,U=1,q=2,i=7,f=32,s=1,v=1,c=2,r=1,m=0;AQIDBA==\u{1B}\\"])
    }

    @Test func `a picture is deleted with its pixels`() {
        #expect(text(KittyGraphics.deletion(of: .init(9))) == "\u{1B}_Ga=d,d=I,q=2,i=9\u{1B}\\")
    }

    @Test func `placeholders are one character a cell, numbered by row and column`() {
        let rows = KittyGraphics.placeholders(columns: 3, rows: 2)
        #expect(
            rows.map { $0.map { $0.unicodeScalars.map(\.value) } } == [
                [[0x10EEEE, 0x305, 0x305], [0x10EEEE, 0x305, 0x30D], [0x10EEEE, 0x305, 0x30E]],
                [[0x10EEEE, 0x30D, 0x305], [0x10EEEE, 0x30D, 0x30D], [0x10EEEE, 0x30D, 0x30E]],
            ]
        )
        let largest = KittyGraphics.placeholders(columns: 1000, rows: 1000)
        #expect(largest.count == 297 && largest[296].count == 297)
        #expect(String(largest[296]).count == 297, "neighbours do not join into one character")
        #expect(KittyGraphics.placeholders(columns: -1, rows: 2) == [[], []])
    }

    @Test func `the marks are those of Unicode 6 above the base`() {
        // Marks with a decomposition, or that merge with a letter when text is normalised.
        let excluded: Set<UInt32> = [
            0x300, 0x301, 0x302, 0x303, 0x304, 0x306, 0x307, 0x308, 0x309, 0x30A, 0x30B, 0x30C, 0x30F, 0x311, 0x313,
            0x314, 0x340, 0x341, 0x342, 0x343, 0x344, 0x653, 0x654,
        ]
        let expected = (UInt32(0x300)...0x1D300).compactMap(Unicode.Scalar.init).filter { scalar in
            let properties = scalar.properties
            guard properties.canonicalCombiningClass == .above, properties.generalCategory == .nonspacingMark,
                let age = properties.age
            else { return false }
            return (age.major, age.minor) <= (6, 0) && !excluded.contains(scalar.value)
        }
        #expect(PlaceholderMarks.scalars == expected)
        #expect(KittyGraphics.mostCells == 297)
    }

    @Test func `an id is the colour of its placeholders`() {
        #expect(KittyGraphics.ImageID(255).color == .palette(255))
        #expect(KittyGraphics.ImageID(256).color == .rgb(0, 1, 0))
        #expect(KittyGraphics.ImageID(0xAB_CD_EF).color == .rgb(0xAB, 0xCD, 0xEF))
    }

    @Test func `every escape is doubled for tmux`() {
        let wrapped = TerminalPassthrough.tmux(KittyGraphics.deletion(of: .init(9)))
        #expect(text(wrapped) == "\u{1B}Ptmux;\u{1B}\u{1B}_Ga=d,d=I,q=2,i=9\u{1B}\u{1B}\\\u{1B}\\")
    }

    @Test func `an inline image has its size in pixels`() {
        let sequence = InlineImage.sequence(Data("picture".utf8), width: 300, height: 120)
        let keys = "inline=1;size=7;width=300px;height=120px;preserveAspectRatio=1;doNotMoveCursor=1"
        #expect(text(sequence) == "\u{1B}]1337;File=\(keys):cGljdHVyZQ==\u{7}")
    }
}
