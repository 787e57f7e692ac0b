import Testing

@testable import Pipeline

struct FieldInstructionsTests {
    private static let history = [
        "ENV PORT=80", "/bin/sh -c #(nop)  ENV TOKEN=x PORT=81", "LABEL com.example.key=\"a b\"",
        "/bin/sh -c echo ENV HOME", "CMD [\"a\"]", "ENV XTOKEN=y", "WORKDIR /PORT", "CMD [\"b\"]",
    ]

    @Test(
        "a metadata field was set by the last instruction that names it",
        arguments: [
            ("Env/PORT", 1), ("Env/TOKEN", 1), ("Env/XTOKEN", 5), ("Env/HOME", nil), ("Env/EN", nil),
            ("Labels/com.example.key", 2), ("Cmd", 7), ("WorkingDir", 6), ("User", nil), ("", nil),
        ] as [(String, Int?)])
    func last(field: String, index: Int?) {
        let setting = FieldInstructions(Self.history, for: ["Env/PORT", field])
        #expect(setting.instruction(for: field) == index.map { Self.history[$0] })
    }
}
