import Foundation
import TestSupport
import Testing

@testable import Pipeline

struct PolicyLayoutTests {
    @Test("files that are laid out otherwise are named, and written anew only where that is wanted")
    func files() throws {
        let scratch = try ScratchFolder()
        func text(_ name: String) throws -> String { String(decoding: try scratch.read(name), as: UTF8.self) }
        try scratch.write("a:\n    b: 1\n", to: "p/one.yaml")
        try scratch.write("a:\n  b: 1\n", to: "p/two.yml")
        try scratch.write("a:\n    b: 1\n", to: "p/notes.txt")
        let folder = scratch.file("p")
        #expect(try PolicyLayout.differing([folder], writing: false) == [folder + "/one.yaml"])
        #expect(try text("p/one.yaml") == "a:\n    b: 1\n")
        #expect(try PolicyLayout.differing([folder], writing: true) == [folder + "/one.yaml"])
        #expect(try text("p/one.yaml") == "a:\n  b: 1\n")
        #expect(try PolicyLayout.differing([folder], writing: true) == [])
        #expect(try text("p/notes.txt") == "a:\n    b: 1\n")
    }

    @Test("a file keeps its mode, and a link stays a link to what is laid out")
    func attributes() throws {
        let scratch = try ScratchFolder()
        try scratch.write("a:\n    b: 1\n", to: "p/own.yaml")
        let path = scratch.file("p/own.yaml")
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        try FileManager.default.createSymbolicLink(
            atPath: scratch.file("p/link.yml"), withDestinationPath: "own.yaml")
        _ = try PolicyLayout.differing([scratch.file("p/link.yml")], writing: true)
        #expect(try text("p/own.yaml") == "a:\n  b: 1\n")
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        #expect(
            try FileManager.default.destinationOfSymbolicLink(atPath: scratch.file("p/link.yml"))
                == "own.yaml")

        func text(_ name: String) throws -> String { String(decoding: try scratch.read(name), as: UTF8.self) }
    }

    @Test("where one is no YAML, it is named with line and column, and none is written")
    func broken() throws {
        let scratch = try ScratchFolder()
        func text(_ name: String) throws -> String { String(decoding: try scratch.read(name), as: UTF8.self) }
        try scratch.write("a:\n    b: 1\n", to: "p/one.yaml")
        try scratch.write("a:\n  b: [1\n", to: "p/two.yaml")
        let error = #expect(throws: AuditError.self) {
            try PolicyLayout.differing([scratch.file("p")], writing: true)
        }
        #expect(error?.code == .brokenPolicy && error?.reason.contains("p/two.yaml:3:1") == true)
        #expect(try text("p/one.yaml") == "a:\n    b: 1\n")
    }
}
