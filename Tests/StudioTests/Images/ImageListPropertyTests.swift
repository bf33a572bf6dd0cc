import ReplicateAPI
import TestSupport
import Testing

@testable import Studio

/// The list of images under any hand.
struct ImageListPropertyTests {
    private static let texts = [
        "https://a.org/1.png", "https://a.org/2.png", "http://b.org/x?y=1,2", "~/pictures/fox.png", "/tmp/a b.jpg",
        "nonsense", "ftp://c.org/z.gif", "data:image/png;base64,AAAA", "",
    ]

    private static let bindings: [ImageBinding?] = [
        nil, .array(field: "images", most: nil), .array(field: "images", most: 2), .joined(field: "urls"),
        .slots(fields: ["image"]), .slots(fields: ["first_frame", "last_frame"]),
    ]

    private func expectSound(_ list: ImageList, _ comment: String) {
        #expect(Set(list.items.map(\.id)).count == list.items.count, "\(comment): an id twice")
        #expect(list.items.count <= ImageList.capacity)
        #expect(list.items.isEmpty ? list.selection == 0 : list.items.indices.contains(list.selection), "\(comment)")
        #expect((list.selected == nil) == list.items.isEmpty)
        let placements = list.placements
        #expect(placements.count == list.items.count)
        let sent = placements.count { if case .sent = $0 { true } else { false } }
        let inputs = list.inputs
        if list.binding == nil { #expect(sent == 0 && inputs.isEmpty, "\(comment): the model takes none") }
        // What is off, and what cannot be sent, is never among the inputs.
        let all = inputs.values.map(\.plain).joined(separator: " ")
        for (item, placement) in zip(list.items, placements) {
            if case .sent = placement {
                #expect(item.isOn, "\(comment)")
            } else if item.text.count > 12, list.items.filter({ $0.text == item.text }).count == 1 {
                let isPartOfAnother = list.items.contains { $0.id != item.id && $0.text.contains(item.text) }
                #expect(isPartOfAnother || !all.contains(item.text), "\(comment): \(item.text) is sent")
            }
        }
    }

    @Test(arguments: 1...24 as ClosedRange<UInt64>)
    func `whatever is done, ids are unique, one item is selected, and only what is on is sent`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var list = ImageList(binding: Self.bindings[Int(seed) % Self.bindings.count])
        for step in 0..<200 {
            let text = Self.texts.randomElement(using: &random)!
            let id = list.items.randomElement(using: &random)?.id ?? 1
            let what = Int.random(in: 0..<12, using: &random)
            switch what {
            case 0, 1:
                list.add(
                    [text, "\(text)\n\(Self.texts.randomElement(using: &random)!)"].randomElement(using: &random)!
                )
            case 2: list.edit(id, to: text)
            case 3: list.remove()
            case 4: list.toggle()
            case 5: list.moveUp()
            case 6: list.moveDown()
            case 7: list.moveSelection(by: [-1, 1, .max, .min].randomElement(using: &random)!)
            case 8: list.undo()
            case 9: list.redo()
            case 10: list.binding = Self.bindings.randomElement(using: &random)!
            default:
                let item = list[id: id]
                list.finishCheck(
                    id,
                    url: item?.text ?? "",
                    with: [.ok(ImageFacts(width: 64, height: 48)), .bad(reason: "404"), .unconfirmed(reason: "slow")]
                        .randomElement(using: &random)!
                )
            }
            expectSound(list, "step \(step), kind \(what)")
        }
    }

    @Test(arguments: 1...16 as ClosedRange<UInt64>)
    func `undo goes back through every list there was, and redo comes again`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var list = ImageList(binding: .array(field: "images", most: nil))
        var seen: [[ImageList.Entry]] = [list.entries]
        for _ in 0..<60 {
            switch Int.random(in: 0..<5, using: &random) {
            case 0, 1: list.add("https://a.org/\(Int.random(in: 0...999, using: &random)).png")
            case 2: list.remove()
            case 3: list.toggle()
            default: list.move(from: 0, to: list.items.count - 1)
            }
            if list.entries != seen.last { seen.append(list.entries) }
        }
        let end = list.entries
        var back: [[ImageList.Entry]] = [end]
        while list.undo() { if list.entries != back.last { back.append(list.entries) } }
        #expect(back == seen.reversed())
        #expect(list.entries.isEmpty && !list.canUndo)
        while list.redo() {}
        #expect(list.entries == end && !list.canRedo)
    }

    @Test(arguments: 1...12 as ClosedRange<UInt64>)
    func `any paste is taken apart without harm, and what was taken apart stays as it is`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let pieces = [
            "https://a.org/1.png", "http://b.org/(x).jpg", "/tmp/a b.png", "~/f.webp", "file:///x.png", "\"", "'", "<",
            ">",
            "[", "](", ")", "![alt]", ",", ";", " ", "\n", "\t", "- ", "1. ", "data:image/png;base64,AA==", "\\ ", "“",
            "”", "words",
            "漢", "\r\n",
        ]
        for _ in 0..<200 {
            let text = (0..<Int.random(in: 0...10, using: &random)).map { _ in pieces.randomElement(using: &random)! }
                .joined()
            let items = ImageListParser.items(in: text)
            #expect(items.allSatisfy { !$0.isEmpty && !$0.contains(where: \.isNewline) }, "\(text.debugDescription)")
            #expect(items.reduce(0) { $0 + $1.count } <= text.count)
        }
        for address in [
            "https://a.org/1.png", "http://b.org/x?y=1&z=2#f", "/tmp/fox.png", "data:image/png;base64,AA==",
        ] {
            #expect(ImageListParser.items(in: address) == [address])
            for (before, after) in [
                ("\"", "\""), ("<", ">"), ("'", "'"), ("  ", " "), ("- ", ""), ("1. ", ""), ("“", "”"),
            ] {
                #expect(ImageListParser.items(in: before + address + after) == [address], "\(before)\(address)\(after)")
            }
        }
    }
}
