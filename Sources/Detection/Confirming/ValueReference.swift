internal import Patterns

/// What stands where a secret would, and names it instead: `$NAME`, `${NAME}`, `%(name)s`, `{{ name }}`, `<name>`.
///
/// A generated password may begin with a dollar sign or a bracket as well, so a name has to follow and nothing else.
enum ValueReference {
    /// Made once for all rules.
    static let pattern = Result { () throws(DetectionError) in
        try RegularExpression.compile(forms.joined(separator: "|"), place: "references")
    }

    private static let forms = [
        // Variables of shells.
        #"^\$(?:[A-Z_][A-Z0-9_]*|[a-z_]+|[a-z]+(?:[A-Z][a-z]+)+|[0-9@*#!?-])$"#,
        // Variables of batch files, formats.
        #"^%[A-Za-z_]\w*%?$|^%[sdvq](?!\w)"#,
        // Templates, fields of string formats, what is to be filled in.
        #"^<%|^\{\$|^[{<\[(]+[\w .:|/$-]{0,38}[)}>\]]*$"#,
        // Aliases of YAML, what is masked.
        #"^\*+[A-Za-z_]*$"#,
        // Filters of build tools, vaults of settings.
        #"^(?i:ref\+)?vault:[\w.-]+/[\w/.-]+|^@[\w.-]+@$|^#\{|^\{(?:cipher|vault)\}|^@Microsoft\.KeyVault\("#,
        // What only the holder of another key can read, in settings; tags of YAML that name a store.
        #"^ENC[(\[]|^!(?:secret|vault|env|env_var|include|reference|Ref|Sub|GetAtt|ImportValue|FindInMap|Join|Select|If)(?: |$)"#,
        // Within longer values, also elements and members in Perl and PHP.
        #"\$\{|\$\(\w+(?:[ )]|$)|\{\{|%\([\w:.-]+\)|%\{[A-Za-z][\w:.-]*\}|\$[A-Za-z_]\w*(?:\{['"\w]+\}|\[['"\w]+\])"#,
        // Parts of a path that vary.
        #"/\{[A-Za-z_]\w*\}(?:/|$)"#,
    ]
}
