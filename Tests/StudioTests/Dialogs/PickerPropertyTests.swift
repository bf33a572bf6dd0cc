import TestSupport
import Testing

@testable import Studio

struct PickerPropertyTests {
    private static let names = [
        "flux-schnell", "flux-dev", "flux-kontext-pro", "imagen-4", "kling-v3", "veo-3-fast", "seedance-1-pro", "sdxl",
        "狐", "e\u{301}t\u{E9}", "ALL CAPS", "",
    ]
    private static let kinds: [Picker.Kind] = [
        .models, .prompts, .commands, .hardware, .themes, .choices("style"), .candidates(.init(rawValue: "a")),
    ]

    private func items(_ random: inout SeededGenerator, most: Int) -> [Picker.Item] {
        (0..<Int.random(in: 0...most, using: &random)).map { number in
            let name = Self.names.randomElement(using: &random)!
            return Picker.Item(value: "lab/\(name)-\(number)", title: name)
        }
    }

    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func `whatever is typed or moved, the selection is among the matches and within the rows that are seen`(
        seed: UInt64
    ) {
        var random = SeededGenerator(seed: seed)
        let kind = Self.kinds[Int(seed) % Self.kinds.count]
        var picker = Picker(kind: kind, title: "", items: items(&random, most: 30))
        for step in 0..<200 {
            switch Int.random(in: 0..<6, using: &random) {
            case 0:
                let text = ["", "f", "fl", "flux", "zzz", "x-p", "狐", "é", "lab/"].randomElement(using: &random)!
                picker.query = TextEditor(text, isMultiline: false)
                picker.refresh()
            case 1: picker.replaceItems(items(&random, most: 30))
            case 2: picker.found = items(&random, most: 8)
            case 3: picker.select(picker.items.randomElement(using: &random)?.value ?? "none")
            default: picker.move(by: Int.random(in: -40...40, using: &random))
            }
            let height = Int.random(in: 1...12, using: &random)
            picker.reveal(height: height)
            let isAsked = kind == .hardware && picker.selection == -1
            #expect(isAsked || picker.matches.isEmpty || picker.matches.indices.contains(picker.selection), "\(step)")
            #expect(picker.top >= 0)
            if picker.selection >= 0, !picker.matches.isEmpty {
                #expect((picker.top..<(picker.top + height)).contains(picker.selection), "\(step)")
            }
            // A value is among the matches once, however it was found.
            let known = Set(picker.items.map(\.value))
            let fresh = picker.found.filter { !known.contains($0.value) || picker.query.text.isEmpty }
            #expect(picker.matches.count <= picker.items.count + fresh.count + picker.found.count)
            if picker.query.text.isEmpty { #expect(picker.matches.starts(with: picker.items)) }
        }
    }

    @Test(arguments: ["f", "flux", "FLUX", "pro", "3", "x-s", "狐"])
    func `every match has what is typed in its order, and nothing that has it is missing`(typed: String) {
        let items = Self.names.enumerated().map { Picker.Item(value: "v\($0.offset)", title: $0.element) }
        var picker = Picker(kind: .themes, title: "", items: items)
        picker.query = TextEditor(typed, isMultiline: false)
        picker.refresh()
        // A capital letter heeds case.
        let heedsCase = typed.contains { $0.isUppercase }
        func has(_ item: Picker.Item) -> Bool {
            let text = "\(item.title) \(item.value)"
            var rest = Substring(heedsCase ? text : text.lowercased())
            for letter in heedsCase ? typed : typed.lowercased() {
                guard let place = rest.firstIndex(of: letter) else { return false }
                rest = rest[rest.index(after: place)...]
            }
            return true
        }
        #expect(Set(picker.matches.map(\.value)) == Set(items.filter(has).map(\.value)))
    }
}
