/// The list of importers: everything that asks which there are reads it.
package enum Importers {
    static let all: [any Importer] = [
        TrivyImporter(), GrypeImporter(), SyftImporter(), CycloneDXImporter(), GitleaksImporter(),
        TruffleHogImporter(), KingfisherImporter(), DetectSecretsImporter(), GGShieldImporter(),
        NoseyParkerImporter(), DockleImporter(), HadolintImporter(), CheckovImporter(), CosignImporter(),
        XCCDFImporter(), SARIFImporter(), FindingsImporter(),
    ]

    /// The names of formats, with what each is.
    package static let formats: [(id: String, title: String)] = all.map { ($0.id, $0.title) }
}
