package transport

import (
	"errors"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/Microsoft/go-winio"
	"golang.org/x/sys/windows"

	"daypass/app/agent/rundir"
)

// ends returns the agent's and the client's end of a connection.
func ends(t *testing.T, dir string) (agent, client *Conn) {
	t.Helper()
	l, err := Listen(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	occupyFirst(t, dir)
	accepted := make(chan *Conn, 1)
	go func() {
		conn, err := l.Accept()
		if err != nil {
			t.Error(err)
		}
		accepted <- conn
	}()
	if client, err = Dial(t.Context(), dir); err != nil {
		t.Fatal(err)
	}
	if agent = <-accepted; agent == nil {
		t.FailNow()
	}
	t.Cleanup(func() { _ = agent.Close(); _ = client.Close() })
	return agent, client
}

// occupyFirst connects to the handle that holds the pipe's name. Windows keeps clients from it, since it was opened for
// neither reading nor writing; Wine does not, and nobody answers there.
func occupyFirst(t *testing.T, dir string) {
	t.Helper()
	if !underWine() {
		return
	}
	first, err := Dial(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = first.Close() })
}

func underWine() bool {
	return windows.NewLazySystemDLL("ntdll.dll").NewProc("wine_get_version").Find() == nil
}

// folder is that of a test's pipe. It need not exist.
func folder(t *testing.T) string { return `C:\Users\Ada Lovelace\` + t.Name() }

// Both ends see that the other is a process of the user, and which.
func TestRule57_endsKnowEachOther(t *testing.T) {
	agent, client := ends(t, folder(t))
	for name, conn := range map[string]*Conn{"agent": agent, "client": client} {
		if err := CheckPeer(conn, os.Getuid()); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if pid := PeerPID(conn); pid != os.Getpid() {
			t.Errorf("%s: process %d, want %d", name, pid, os.Getpid())
		}
	}
	go func() { _, _ = client.Write([]byte("hello")) }()
	text := make([]byte, 5)
	if _, err := io.ReadFull(agent, text); err != nil || string(text) != "hello" {
		t.Errorf("%q %v", text, err)
	}
}

// The pipe's access list is protected and names the user alone.
func TestRule57_admitsUserAlone(t *testing.T) {
	agent, _ := ends(t, folder(t))
	got, err := windows.GetSecurityInfo(agent.handle(), windows.SE_KERNEL_OBJECT,
		windows.OWNER_SECURITY_INFORMATION|windows.DACL_SECURITY_INFORMATION)
	if err != nil {
		t.Fatal(err)
	}
	user, err := ownSID()
	if err != nil {
		t.Fatal(err)
	}
	text := got.String()
	if !strings.HasPrefix(text, "O:"+user.String()+"D:P") || strings.Count(text, "(") != 1 || !strings.HasSuffix(text, ";"+user.String()+")") {
		t.Errorf("%s, of the user %s", text, user)
	}
}

// A pipe that exists already is not shared with who has made it.
func TestRule57_nameThatIsTakenIsRefused(t *testing.T) {
	if underWine() {
		t.Skip("Wine makes another instance of a pipe where Windows is asked for a new one")
	}
	dir := folder(t)
	ends(t, dir)
	if l, err := Listen(dir); err == nil {
		_ = l.Close()
		t.Error("two agents listen at one pipe")
	}
}

// A pipe of the right name that somebody else owns is not the agent's.
func TestRule57_pipeOfAnotherOwnerIsForeign(t *testing.T) {
	dir := folder(t)
	user, err := ownSID()
	if err != nil {
		t.Fatal(err)
	}
	name := pipeName(user.String(), dir)
	l, err := winio.ListenPipe(name, &winio.PipeConfig{SecurityDescriptor: "O:BAD:P(A;;GA;;;WD)"})
	if err != nil {
		t.Skipf("this account cannot make a pipe for administrators: %v", err)
	}
	defer l.Close()
	go func() { _, _ = l.Accept() }()
	client, err := Dial(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	if err := CheckPeer(client, os.Getuid()); !errors.Is(err, rundir.ErrForeign) {
		t.Errorf("%v", err)
	}
}

// Names tell folders apart, but not the spellings of one.
func TestPipeName_oneForEachFolder(t *testing.T) {
	name := pipeName("S-1-5-21", `C:\Users\Ada Lovelace\run`)
	if pipeName("S-1-5-21", `c:\users\ada lovelace\run\`) != name {
		t.Error("another name for the same folder")
	}
	for _, other := range []string{pipeName("S-1-5-22", `C:\Users\Ada Lovelace\run`), pipeName("S-1-5-21", `C:\Users\Ada\run`)} {
		if other == name {
			t.Errorf("%s is the pipe of two", name)
		}
	}
}
