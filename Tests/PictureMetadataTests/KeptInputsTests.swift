import Foundation
import ReplicateAPI
import Testing

@testable import PictureMetadata

struct KeptInputsTests {
    @Test(arguments: [
        "token", "hf_token", "HF_TOKEN", "hf-token", "api_key", "apikey", "APIKEY", "openai_api_key", "key",
        "private key",
        "secret", "client_secret", "secret_name", "password", "db.password", "passphrase", "credentials",
        "aws_credentials",
        "token_2", "hfToken", "accessToken", "openaiApiKey", "privateKey", "clientSecret", "credential",
    ])
    func `the name of a secret is known in every spelling`(name: String) {
        #expect(KeptInputs.namesSecret(name), "\(name)")
        let inputs = KeptInputs([name: .string("x")])
        #expect(inputs.kept.isEmpty && inputs.omitted == [name])
    }

    @Test(arguments: [
        "max_tokens", "tokens", "keyframes", "key_frames", "keypoints", "monkey", "donkey_style", "secretary",
        "tokenizer",
        "prompt", "seed", "num_inference_steps", "turkey", "keyboard", "passwords_shown", "",
    ])
    func `a name that only looks like one is none`(name: String) {
        #expect(!KeptInputs.namesSecret(name), "\(name)")
    }

    @Test(arguments: [
        "r8_abcdefghijklmnop", "hf_abc", "sk-abc", "SK-ABC", " r8_leading", "data:image/png;base64,AA",
        "DATA:text/plain,x",
        "file:///etc/passwd", "/etc/passwd", "/home/ada/a.png", "~/a.png", "https://ada:pw@example.org/",
        "https://e.org/a?sig=1", "https://e.org/a?X-Amz-Signature=1", "https://e.org/a?token=1",
        "https://e.org/a?a=1&Key=2",
        "https://e.org/a?Expires=1", "https://e.org/a?Policy=x", "http://e.org/a?api_secret=1", "HTTPS://e.org/?AUTH=1",
    ])
    func `a value that grants access, or tells of a machine, is left out wherever it stands`(text: String) {
        for value in [
            JSONValue.string(text), .array([.string("x"), .string(text)]),
            .object(["a": .object(["b": .string(text)])]),
        ] {
            let inputs = KeptInputs(["image": value, "seed": .integer(1)])
            #expect(inputs.kept == ["seed": .integer(1)] && inputs.omitted == ["image"], "\(text)")
        }
    }

    @Test(arguments: [
        "a fox", "/imagine a fox", "https://example.org/a.png", "https://example.org/a.png?w=1080&fit=crop",
        "risk-taking",
        "r8 rated", "the data: a story", "16:9", "sketch", "hfoo", "",
    ])
    func `what everybody may see stays`(text: String) {
        #expect(KeptInputs(["style": .string(text)]).kept == ["style": .string(text)])
    }

    @Test func `nothing of a secret is in the file that is written`() throws {
        let secret = "r8_ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
        let inputs = KeptInputs([
            "prompt_2": .string("fox"), "hf_token": .string(secret), "lora": .string(secret),
            "deep": .object(["list": .array([.object(["x": .string(secret)])])]),
        ])
        let metadata = PictureMetadata(
            model: "lab/fox",
            prompt: "fox",
            inputs: inputs.kept,
            omitted: inputs.omitted,
            predictionID: "p1",
            createdAt: .distantPast
        )
        for file in [RawPictures.png(), RawPictures.jpeg(), RawPictures.webp([RawPictures.lossy(width: 4, height: 4)])]
        {
            let written = try #require(RawPictures.embedding(metadata, in: file))
            let text = String(decoding: written, as: UTF8.self)
            #expect(!text.contains("r8_") && text.contains("hf_token"))
        }
    }
}
