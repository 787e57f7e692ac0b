import Testing

@testable import ImageReading

@Suite("challenges of a registry")
struct ChallengeTests {
    @Test("scheme and parameters are read, quoted or not")
    func bearer() {
        let challenges = Challenge.parse([
            #"Bearer realm="https://auth.example/token?a=b",service=reg.example , scope="repository:a/b:pull,push""#
        ])
        #expect(
            challenges == [
                Challenge(
                    scheme: "bearer",
                    parameters: [
                        "realm": "https://auth.example/token?a=b", "service": "reg.example",
                        "scope": "repository:a/b:pull,push",
                    ])
            ])
    }

    @Test("several challenges in one header, and in several, are told apart")
    func several() {
        let challenges = Challenge.parse([
            #"Negotiate dG9rZW4=, Basic realm="a \"b\", c", BEARER Realm = "r""#, "Basic realm=x",
        ])
        #expect(challenges.map(\.scheme) == ["negotiate", "basic", "bearer", "basic"])
        #expect(challenges.map { $0.parameters["realm"] } == [nil, "a \"b\", c", "r", "x"])
    }

    @Test(
        "what is no challenge is none, and ends nothing",
        arguments: [
            "", ",,,", "=", "\"", "Bearer", "Bearer realm", "Bearer realm=\"unclosed", "a=b", "Bearer \"x\"",
        ])
    func hostile(header: String) {
        #expect(Challenge.parse([header]).allSatisfy { $0.parameters.count <= 1 })
    }

    @Test("the first of two parameters with one name counts")
    func twice() {
        #expect(Challenge.parse(["Bearer realm=a,realm=b"]).first?.parameters == ["realm": "a"])
    }
}
