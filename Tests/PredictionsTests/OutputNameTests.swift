import Predictions
import Testing

struct OutputNameTests {
    @Test(arguments: [
        ("A red fox, in the snow", "a-red-fox-in-the-snow-x3k9q2ab-0"),
        ("../../etc/passwd", "etc-passwd-x3k9q2ab-0"),
        ("狐", "x3k9q2ab-0"),
    ])
    func `a name is made of the prompt's words and cannot leave its folder`(prompt: String, name: String) {
        #expect(
            OutputName.stem(prompt: prompt, predictionID: "x3k9q2abcdef", index: 0) == name
        )
    }
}
