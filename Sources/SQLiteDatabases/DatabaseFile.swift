internal import CSQLite

/// Bytes that we hold, as the one file of a file system in which SQLite sees nothing else, but for its log where there is
/// one, and can write nothing.
@safe final class DatabaseFile {
    /// What SQLite keeps of a file that is open.
    @unsafe private struct Handle {
        var base: sqlite3_file
        var file: Unmanaged<DatabaseFile>
        let isLog: Bool
    }

    private static let name: StaticString = "palimpsest"

    private let bytes: any DatabaseBytes
    private let log: (any DatabaseBytes)?
    private let methods: UnsafeMutablePointer<sqlite3_io_methods>
    private let system: UnsafeMutablePointer<sqlite3_vfs>

    init(_ bytes: any DatabaseBytes, log: (any DatabaseBytes)?) {
        self.bytes = bytes
        self.log = log
        unsafe methods = .allocate(capacity: 1)
        unsafe methods.initialize(to: Self.methods)
        unsafe system = .allocate(capacity: 1)
        // Time, sleep and random numbers are the system's own.
        unsafe system.initialize(to: sqlite3_vfs_find(nil)?.pointee ?? sqlite3_vfs())
        unsafe system.pointee.mxPathname = 64
        unsafe system.pointee.szOsFile = CInt(MemoryLayout<Handle>.stride)
        unsafe system.pointee.pNext = nil
        let name = unsafe UnsafeRawPointer(Self.name.utf8Start)
        unsafe system.pointee.zName = name.assumingMemoryBound(to: CChar.self)
        unsafe system.pointee.pAppData = Unmanaged.passUnretained(self).toOpaque()
        unsafe system.pointee.xDelete = { _, _, _ in SQLITE_READONLY }
        unsafe system.pointee.xAccess = { system, path, _, answer in
            guard let own = unsafe system?.pointee.pAppData, let path = unsafe path else {
                return SQLITE_IOERR
            }
            let file = unsafe Unmanaged<DatabaseFile>.fromOpaque(own).takeUnretainedValue()
            let isThere = unsafe file.log != nil && String(cString: path).hasSuffix("-wal")
            unsafe answer?.pointee = isThere ? 1 : 0
            return SQLITE_OK
        }
        unsafe system.pointee.xFullPathname = { system, _, count, path in
            let length = DatabaseFile.name.utf8CodeUnitCount + 1
            guard let name = unsafe system?.pointee.zName, count >= length else { return SQLITE_CANTOPEN }
            unsafe path?.update(from: name, count: length)
            return SQLITE_OK
        }
        unsafe system.pointee.xOpen = { system, _, handle, flags, granted in
            guard let own = unsafe system?.pointee.pAppData, let handle = unsafe handle else {
                return SQLITE_CANTOPEN
            }
            let file = unsafe Unmanaged<DatabaseFile>.fromOpaque(own)
            let isLog = unsafe flags & SQLITE_OPEN_WAL != 0 && file.takeUnretainedValue().log != nil
            // Nothing is ever put aside in files.
            guard isLog || flags & SQLITE_OPEN_MAIN_DB != 0 else {
                unsafe handle.pointee.pMethods = nil
                return SQLITE_CANTOPEN
            }
            let base = unsafe sqlite3_file(pMethods: UnsafePointer(file.takeUnretainedValue().methods))
            unsafe UnsafeMutableRawPointer(handle).initializeMemory(
                as: Handle.self, to: Handle(base: base, file: file, isLog: isLog))
            unsafe granted?.pointee =
                flags & ~(SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE) | SQLITE_OPEN_READONLY
            return SQLITE_OK
        }
    }

    deinit {
        unsafe methods.deallocate()
        unsafe system.deallocate()
    }

    /// Opens the file as a database; it has to stay until that is closed.
    func open() -> (status: CInt, handle: OpaquePointer?) {
        // Known for as long as it takes to be found.
        unsafe sqlite3_vfs_register(system, 0)
        defer { unsafe sqlite3_vfs_unregister(system) }
        var opened: OpaquePointer?
        let flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX
        let status = unsafe sqlite3_open_v2(system.pointee.zName, &opened, flags, system.pointee.zName)
        return unsafe (status, opened)
    }

    private static func bytes(_ handle: UnsafeMutablePointer<sqlite3_file>?) -> (any DatabaseBytes)? {
        guard let handle = unsafe handle else { return nil }
        let own = unsafe UnsafeMutableRawPointer(handle).assumingMemoryBound(to: Handle.self)
        let file = unsafe own.pointee.file.takeUnretainedValue()
        return unsafe own.pointee.isLog ? file.log : file.bytes
    }

    /// What cannot change needs no locks; and what is said to be so, SQLite looks for no log of.
    private static var methods: sqlite3_io_methods {
        var methods = sqlite3_io_methods()
        methods.iVersion = 1
        unsafe methods.xClose = { _ in SQLITE_OK }
        unsafe methods.xRead = { handle, buffer, count, offset in
            guard let bytes = unsafe DatabaseFile.bytes(handle), let buffer = unsafe buffer else {
                return SQLITE_IOERR
            }
            let room = unsafe UnsafeMutableRawBufferPointer(start: buffer, count: Int(count))
            return unsafe DatabaseFile.read(bytes, at: Int(offset), into: room)
        }
        unsafe methods.xWrite = { _, _, _, _ in SQLITE_READONLY }
        unsafe methods.xTruncate = { _, _ in SQLITE_READONLY }
        unsafe methods.xSync = { _, _ in SQLITE_OK }
        unsafe methods.xFileSize = { handle, size in
            guard let bytes = unsafe DatabaseFile.bytes(handle) else { return SQLITE_IOERR }
            unsafe size?.pointee = Int64(bytes.count)
            return SQLITE_OK
        }
        unsafe methods.xLock = { _, _ in SQLITE_OK }
        unsafe methods.xUnlock = { _, _ in SQLITE_OK }
        unsafe methods.xCheckReservedLock = { _, answer in
            unsafe answer?.pointee = 0
            return SQLITE_OK
        }
        unsafe methods.xFileControl = { _, _, _ in SQLITE_NOTFOUND }
        unsafe methods.xSectorSize = { _ in 4096 }
        unsafe methods.xDeviceCharacteristics = { handle in
            guard let handle = unsafe handle else { return 0 }
            let own = unsafe UnsafeMutableRawPointer(handle).assumingMemoryBound(to: Handle.self)
            return unsafe own.pointee.file.takeUnretainedValue().log == nil ? SQLITE_IOCAP_IMMUTABLE : 0
        }
        return methods
    }

    /// Behind the file's end, SQLite wants zeros.
    private static func read(
        _ bytes: any DatabaseBytes, at offset: Int, into buffer: UnsafeMutableRawBufferPointer
    ) -> CInt {
        let count = min(buffer.count, max(0, bytes.count - offset))
        let room = unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[..<count])
        var span = unsafe MutableSpan(_unsafeElements: room.bindMemory(to: UInt8.self))
        guard count == 0 || bytes.read(at: offset, into: &span) else { return SQLITE_IOERR }
        guard count < buffer.count else { return SQLITE_OK }
        unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[count...]).initializeMemory(
            as: UInt8.self, repeating: 0)
        return SQLITE_IOERR | 2 << 8
    }
}
