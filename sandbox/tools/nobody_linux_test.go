package tools

import (
	"os"
	"os/exec"
	"syscall"
	"testing"
)

// asNobody runs a program as another user of the computer.
func asNobody(t *testing.T, program string, args ...string) (string, error) {
	t.Helper()
	if os.Getuid() != 0 {
		t.Skip("only root can be somebody else")
	}
	const nobody = 65534
	cmd := exec.Command(program, args...)
	cmd.Dir = "/"
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
	out, err := cmd.CombinedOutput()
	return string(out), err
}
