internal import Model
internal import XMLDocuments

/// CycloneDX in JSON and XML: components, vulnerabilities, and what cryptography there is.
struct CycloneDXImporter: Importer {
    let id = "cyclonedx"
    let title = "CycloneDX JSON or XML"
    let reach: Set<EvidenceClass> = [.components, .vulnerabilities, .certificates, .secrets]

    func recognises(_ sketch: ContentSketch) -> Bool {
        if case .xml(let root, let namespaces) = sketch.form {
            return root == "bom" && namespaces.contains { $0.contains("cyclonedx") }
        }
        return sketch.texts["bomFormat"] == "CycloneDX"
    }

    func read(_ feed: ByteFeed, into log: inout ImportLog) throws(ImportError) {
        var bill = CycloneDXBill()
        var first = try feed.peek()
        while let byte = first, byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09 {
            feed.advance()
            first = try feed.peek()
        }
        let reader = JSONReader(feed)
        try reader.skipMark()
        if try reader.peek() == UInt8(ascii: "<") {
            try XMLFeed.read(feed, wanted: ["metadata", "component", "vulnerability"]) { event in
                switch event {
                case .opened(let element):
                    if element.localName == "components" { bill.hasComponents = true }
                case .whole(let element):
                    let value = CycloneDXText.value(of: element)
                    let isKnown =
                        switch element.localName {
                        case "metadata": bill.take(metadata: value, &log)
                        case "component": bill.take(component: value, &log)
                        default: bill.take(vulnerability: value, &log)
                        }
                    if !isKnown {
                        log.addFault(
                            at: "line \(element.line)", "\(element.localName): without what every one has")
                    }
                }
            }
        } else {
            try json(reader, &bill, into: &log)
        }
        bill.conclude(&log)
    }

    private func json(
        _ reader: JSONReader, _ bill: inout CycloneDXBill, into log: inout ImportLog
    ) throws(ImportError) {
        try reader.object { key throws(ImportError) in
            switch key {
            case "metadata":
                let start = reader.place
                if let metadata = try reader.part("metadata", into: &log),
                    !bill.take(metadata: metadata, &log)
                {
                    log.addFault(at: start, "metadata: without what every one has")
                }
            case "components":
                bill.hasComponents = try reader.peek() == UInt8(ascii: "[")
                try reader.records(
                    dropping: ["licenses", "evidence", "externalReferences"], into: &log, "component"
                ) {
                    record, log in bill.take(component: record, &log)
                }
            case "vulnerabilities":
                try reader.records(
                    dropping: ["description", "detail", "advisories", "references"], into: &log,
                    "vulnerability"
                ) {
                    record, log in bill.take(vulnerability: record, &log)
                }
            default: try reader.skip()
            }
        }
        try reader.end()
    }
}
