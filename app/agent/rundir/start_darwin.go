package rundir

import (
	"strconv"

	"golang.org/x/sys/unix"
)

// StartOf returns when a process started, in a form of the system's own; empty where there is no such
// process. A process ID is soon that of another process, the two together are not.
func StartOf(pid int) string {
	info, err := unix.SysctlKinfoProc("kern.proc.pid", pid)
	if err != nil || int(info.Proc.P_pid) != pid {
		return ""
	}
	at := info.Proc.P_starttime
	return strconv.FormatInt(at.Sec, 10) + "." + strconv.FormatInt(int64(at.Usec), 10)
}
