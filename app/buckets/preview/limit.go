package preview

import "runtime/debug"

const (
	// maxProcessMemory is what a decoding process may hold, in bytes: what the largest picture takes, what it is
	// made small into, and what the runtime needs.
	maxProcessMemory = 640 << 20
	// maxProcessSeconds is how much processor time it may take.
	maxProcessSeconds = 10
)

// limitProcess sets the limits of the process that decodes foreign data: memory, processor time, and no core
// file, which would hold what it decodes.
func limitProcess() error {
	debug.SetGCPercent(25)
	debug.SetMemoryLimit(maxProcessMemory * 3 / 4)
	return setLimits()
}
