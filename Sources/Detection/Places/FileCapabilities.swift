/// The capabilities of an executable, as the attribute `security.capability` holds them.
struct FileCapabilities {
    /// `cap_net_raw,cap_net_admin=ep`, as `getcap` writes it.
    let text: String

    /// By number, as the kernel's `capability.h` has them.
    private static let names = [
        "chown", "dac_override", "dac_read_search", "fowner", "fsetid", "kill", "setgid", "setuid", "setpcap",
        "linux_immutable", "net_bind_service", "net_broadcast", "net_admin", "net_raw", "ipc_lock",
        "ipc_owner",
        "sys_module", "sys_rawio", "sys_chroot", "sys_ptrace", "sys_pacct", "sys_admin", "sys_boot",
        "sys_nice",
        "sys_resource", "sys_time", "sys_tty_config", "mknod", "lease", "audit_write", "audit_control",
        "setfcap",
        "mac_override", "mac_admin", "syslog", "wake_alarm", "block_suspend", "audit_read", "perfmon", "bpf",
        "checkpoint_restore",
    ]

    /// Revision 1 has one word each of what is permitted and inheritable, later ones have two; all little-endian.
    init?(_ bytes: [UInt8]) {
        func word(_ index: Int) -> UInt64 {
            (0..<4).reversed().reduce(0) { $0 << 8 | UInt64(bytes[index * 4 + $1]) }
        }
        guard bytes.count >= 12 else { return nil }
        let header = word(0)
        let revision = header >> 24
        guard (1...3).contains(revision), revision == 1 || bytes.count >= 20 else { return nil }
        let permitted = word(1) | (revision > 1 ? word(3) << 32 : 0)
        let inheritable = word(2) | (revision > 1 ? word(4) << 32 : 0)
        let held = (0..<64).filter { (permitted | inheritable) >> UInt64($0) & 1 == 1 }
        guard !held.isEmpty else { return nil }
        let names = held.map { $0 < Self.names.count ? "cap_\(Self.names[$0])" : "cap_\($0)" }
        let flags = (header & 1 == 1 ? "e" : "") + (inheritable != 0 ? "i" : "") + (permitted != 0 ? "p" : "")
        text = "\(names.joined(separator: ","))=\(flags)"
    }
}
