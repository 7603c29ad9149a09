package preview

import (
	"errors"
	"os"
	"regexp"
	"strconv"

	"golang.org/x/sys/unix"
)

// setLimits uses RLIMIT_DATA for the memory, see setrlimit(2): it counts what can be written to, not the
// address space that the Go runtime reserves without using it.
func setLimits() error {
	mapped, err := mappedData()
	if err != nil {
		return err
	}
	for resource, limit := range map[int]uint64{
		unix.RLIMIT_DATA: mapped + maxProcessMemory,
		unix.RLIMIT_CPU:  maxProcessSeconds,
		unix.RLIMIT_CORE: 0,
	} {
		if err := unix.Setrlimit(resource, &unix.Rlimit{Cur: limit, Max: limit}); err != nil {
			return err
		}
	}
	return nil
}

var vmData = regexp.MustCompile(`(?m)^VmData:\s*(\d+) kB$`)

// mappedData returns how many bytes the process can write to already, see proc_pid_status(5).
func mappedData() (uint64, error) {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0, err
	}
	found := vmData.FindSubmatch(status)
	if found == nil {
		return 0, errors.New("no VmData in /proc/self/status")
	}
	kilobytes, err := strconv.ParseUint(string(found[1]), 10, 54)
	return kilobytes << 10, err
}
