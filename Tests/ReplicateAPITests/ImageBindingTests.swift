import ReplicateAPI
import Testing

struct ImageBindingTests {
    private func binding(_ fields: (String, InputField.Kind)...) -> ImageBinding? {
        InputSchema(fields: fields.map { InputField(name: $0.0, kind: $0.1) }).images
    }

    @Test(arguments: ["reference_images", "image_input", "input_images", "style_reference_images", "image_urls"])
    func `an array of files whose name means images takes the whole list`(name: String) {
        #expect(binding(("prompt", .text), (name, .files(most: 9))) == .array(field: name, most: 9))
    }

    @Test func `an array wins over single fields in any order`() {
        #expect(binding(("image", .file), ("reference_images", .files(most: 3)))?.fields == ["reference_images"])
    }

    @Test func `a text field takes the list as lines`() {
        #expect(
            binding(("frames_urls", .text), ("fps", .integer(minimum: nil, maximum: nil)))
                == .joined(field: "frames_urls")
        )
    }

    @Test(arguments: [
        (["last_frame_image", "image"], ["image", "last_frame_image"]),
        (["end_image", "start_image"], ["start_image", "end_image"]),
        (["first_frame_image", "last_frame_image"], ["first_frame_image", "last_frame_image"]),
        (["last_image", "image"], ["image", "last_image"]),
        (["blend_image", "image"], ["blend_image", "image"]),
        (["input_image"], ["input_image"]),
    ])
    func `single fields are filled from first to last`(names: [String], order: [String]) {
        let schema = InputSchema(fields: names.map { InputField(name: $0, kind: .file) })
        #expect(schema.images == .slots(fields: order))
    }

    @Test func `masks, sounds, videos and weights are not images`() {
        let names = ["mask", "image_mask", "audio_url", "video_url", "lora_weights_url", "frames_zip"]
        let singles = names.map { InputField(name: $0, kind: .file) }
        #expect(InputSchema(fields: singles).images == nil)
        #expect(binding(("reference_videos", .files(most: 3)), ("reference_audios", .files(most: 3))) == nil)
        #expect(binding(("prompt", .text)) == nil)
    }

    private static let bindings: [(ImageBinding, JSONObject)] = [
        (.array(field: "images", most: nil), ["images": ["https://a", "https://b"]]),
        (.joined(field: "frames_urls"), ["frames_urls": "https://a\nhttps://b"]),
        (.slots(fields: ["first", "last"]), ["first": "https://a", "last": "https://b"]),
    ]

    @Test(arguments: bindings)
    func `a list becomes inputs and is read back from them in the same order`(binding: ImageBinding, input: JSONObject)
    {
        #expect(binding.inputs(for: ["https://a", "https://b"]) == input)
        #expect(binding.urls(in: input) == ["https://a", "https://b"])
        #expect(binding.inputs(for: []) == [:])
        #expect(binding.urls(in: [:]) == [])
    }

    @Test func `images beyond the limit are left out`() {
        #expect(ImageBinding.array(field: "x", most: 1).inputs(for: ["a", "b"]) == ["x": ["a"]])
        #expect(ImageBinding.slots(fields: ["x"]).inputs(for: ["a", "b"]) == ["x": "a"])
        #expect(ImageBinding.slots(fields: ["x", "y"]).most == 2)
        #expect(ImageBinding.joined(field: "x").most == nil)
    }

    @Test func `inputs of another type hold no list`() {
        #expect(ImageBinding.array(field: "x", most: nil).urls(in: ["x": "a"]) == [])
        #expect(ImageBinding.array(field: "x", most: nil).urls(in: ["x": ["a", 4]]) == ["a"])
        #expect(ImageBinding.joined(field: "x").urls(in: ["x": ["a"]]) == [])
        #expect(ImageBinding.joined(field: "x").urls(in: ["x": "a\r\n\nb\n"]) == ["a", "b"])
    }

    @Test(arguments: [
        "https://h/a.png", "HTTPS://h", "http://h:8080/a?b=c#d", "https://[::1]/x", "https://h/%20",
        "data:image/png;base64,AA==",
        "https://bücher.example/ä.png",
    ])
    func `an address that can be sent has no issue`(text: String) {
        #expect(ImageURL.issue(with: text) == nil)
    }

    @Test(arguments: [
        ("", "is empty"), ("h/a.png", "is not a URL (https://…)"), ("/home/me/a.png", "is not a URL (https://…)"),
        ("ftp://h/a", "must begin with https:// or http://"),
        ("file:///etc/passwd", "must begin with https:// or http://"),
        ("https://", "has no host"), ("https:///a", "has no host"), ("https://h:0/", "has an impossible port"),
        ("https://h/a b", "has spaces or control characters"),
        ("https://h/\u{1B}[2J", "has spaces or control characters"),
        ("data:image/png;base64", "is not a whole data: URI"), ("https://h:99999/", "has an impossible port"),
        ("https://h/" + String(repeating: "a", count: 1_000_001), "is too long"),
    ])
    func `an address that cannot be sent has an issue`(text: String, issue: String) {
        #expect(ImageURL.issue(with: text) == issue)
    }
}
