package endurance

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"sync"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"daypass/sandbox/faults"
	"daypass/sandbox/headless"
)

// After a whole life of a session at the most verbose level, none of the secrets used is in a file, an
// argument list, an environment or a message on the session bus. What may hold them does so encrypted;
// the vault's own key may be on the bus, on its way to the keyring.
func TestRule32_noSecretIsLeft(t *testing.T) {
	p := newUser(t, headless.Options{})
	bus := p.listen()
	everybody := watchProcesses(t)
	dex, minio := len(stand.Dex.Requests(headless.TokenPath)), len(stand.MinIO.Requests("/"))

	allowDumps(t)
	p.start()
	p.leavesNoDump()
	p.signIn("lake")
	for range 2 {
		before := p.active("lake")
		time.Sleep(tooFresh)
		p.must(p.Do(p.ctx, "lake", "renew"))
		p.until("lake", "a renewal", func(s headless.Session) bool { return s.Renewals > before.Renewals && s.Phase == "active" })
	}
	p.open("lake")
	token := p.tools()
	p.Kill()
	p.start()
	p.open("lake")
	sealed := p.files() // the vault among them
	key := p.vaultKey()
	p.must(p.Do(p.ctx, "lake", "sign-out"))
	p.until("lake", "the end", func(s headless.Session) bool { return s.Phase == "signed-out" && s.Problem != nil })
	p.must(p.Stop())

	secrets := append(secretsIn(stand.Dex.Requests(headless.TokenPath)[dex:], stand.MinIO.Requests("/")[minio:]), token)
	if len(secrets) < 15 {
		t.Fatalf("only %d secrets were seen: this test does not look well", len(secrets))
	}
	places := p.files()
	for name, content := range sealed {
		places["while signed in: "+name] = content
	}
	places["the command lines and environments of all processes"] = everybody()
	for name, content := range places {
		if found := occurring(content, append(secrets, key)); found > 0 {
			t.Errorf("%s holds %d secrets", name, found)
		}
	}
	messages := bus()
	if found := occurring(messages, secrets); found > 0 {
		t.Errorf("%d secrets went over the session bus", found)
	}
	p.controls(places, messages, key)
}

// allowDumps lets the programs that are started from now on leave dumps, as some systems do.
func allowDumps(t *testing.T) {
	t.Helper()
	var before unix.Rlimit
	err := unix.Getrlimit(unix.RLIMIT_CORE, &before)
	if err == nil {
		err = unix.Setrlimit(unix.RLIMIT_CORE, &unix.Rlimit{Cur: before.Max, Max: before.Max})
	}
	if err != nil || before.Max == 0 {
		t.Fatalf("dumps cannot be allowed (at most %d): %v", before.Max, err)
	}
	t.Cleanup(func() { _ = unix.Setrlimit(unix.RLIMIT_CORE, &before) })
}

// leavesNoDump looks whether the agent writes no memory to disk when it crashes.
func (p *user) leavesNoDump() {
	p.t.Helper()
	limits, err := os.ReadFile(fmt.Sprintf("/proc/%d/limits", p.PID()))
	p.must(err)
	if !regexp.MustCompile(`(?m)^Max core file size +0 `).Match(limits) {
		p.t.Errorf("the agent may leave a dump:\n%s", limits)
	}
}

// controls makes sure that this test could have found something.
func (p *user) controls(places map[string][]byte, messages []byte, key string) {
	p.t.Helper()
	if !bytes.Contains(places["agent.log"], []byte("level=DEBUG")) {
		p.t.Error("the log is not verbose")
	}
	if !bytes.Contains(messages, []byte(key)) {
		p.t.Error("the vault's key was not seen on its way to the keyring, so the bus was not listened to")
	}
	processes := places["the command lines and environments of all processes"]
	if !bytes.Contains(processes, []byte("login\x00lake")) || !bytes.Contains(processes, []byte("exec\x00lake")) {
		p.t.Error("the processes were not seen")
	}
	if _, there := places["while signed in: state/sessions.vault"]; !there {
		p.t.Error("the vault was not seen")
	}
}

// fetcherVariable makes this test program one that fetches keys at the endpoint of daypass exec.
const fetcherVariable = "FETCH_KEYS"

// tokenVariable is the environment's part that daypass exec makes for its program alone: programs that
// have it were given secrets, and have them for good.
const tokenVariable = "AWS_CONTAINER_AUTHORIZATION_TOKEN"

func init() {
	if os.Getenv(fetcherVariable) == "" {
		return
	}
	token := os.Getenv(tokenVariable)
	req, err := http.NewRequest(http.MethodGet, os.Getenv("AWS_CONTAINER_CREDENTIALS_FULL_URI"), nil)
	if err == nil {
		req.Header.Set("Authorization", token)
		var answer *http.Response
		if answer, err = http.DefaultClient.Do(req); err == nil && answer.StatusCode == http.StatusOK {
			os.Stdout.WriteString(token)
			time.Sleep(100 * time.Millisecond) // to be seen
			os.Exit(0)
		}
	}
	os.Exit(1)
}

// tools fetches credentials as other programs do, and returns the secret that one of them got besides.
func (p *user) tools() (token string) {
	p.t.Helper()
	out, err := p.Command(p.ctx, p.Program, "creds", "lake").Output()
	if err != nil || !bytes.Contains(out, []byte("SecretAccessKey")) {
		p.t.Fatalf("daypass creds: %v", err)
	}
	cmd := p.Command(p.ctx, p.Program, "exec", "lake", "--", os.Args[0])
	cmd.Env = append(cmd.Env, fetcherVariable+"=1")
	if out, err = cmd.Output(); err != nil || len(out) < 40 {
		p.t.Fatalf("daypass exec: %v", err)
	}
	return string(out)
}

// vaultKey asks the keyring for the vault's key, as the agent does.
func (p *user) vaultKey() string {
	p.t.Helper()
	question, err := json.Marshal(map[string]any{"do": "get", "account": "vault " + p.Path("state"), "patience_ms": 5000})
	p.must(err)
	cmd := p.Command(p.ctx, p.Program, "agent", "keyring")
	cmd.Stdin = bytes.NewReader(question)
	out, err := cmd.Output()
	p.must(err)
	var answer struct{ Value string }
	if err := json.Unmarshal(out, &answer); err != nil || len(answer.Value) < 40 {
		p.t.Fatalf("the keyring has no key: %s", out)
	}
	return answer.Value
}

// listen records every message on the session bus, until the function it gives is called.
func (p *user) listen() func() []byte {
	p.t.Helper()
	file := filepath.Join(p.t.TempDir(), "messages")
	out, err := os.Create(file)
	p.must(err)
	cmd := p.Command(p.ctx, "dbus-monitor", "--address", p.Keyring.Address, "--pcap")
	cmd.Stdout = out
	p.must(cmd.Start())
	p.must(out.Close()) // the program has its own
	recorded := func() []byte {
		messages, err := os.ReadFile(file)
		p.must(err)
		return messages
	}
	const probe = "/somebody/listens"
	p.must(headless.Until(p.ctx, "the bus to be listened to", func() bool {
		_ = p.Command(p.ctx, "gdbus", "call", "--address", p.Keyring.Address, "--dest", "org.freedesktop.DBus", "--object-path", probe,
			"--method", "org.freedesktop.DBus.ListNames").Run()
		return bytes.Contains(recorded(), []byte(probe))
	}))
	return func() []byte {
		_ = cmd.Process.Signal(os.Interrupt)
		_ = cmd.Wait()
		return recorded()
	}
}

// watchProcesses records the command line and the environment of every process that lives in the meantime.
func watchProcesses(t *testing.T) func() []byte {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	var seen sync.Map
	var done sync.WaitGroup
	done.Go(func() {
		for ctx.Err() == nil {
			lookAtProcesses(&seen)
			time.Sleep(5 * time.Millisecond)
		}
	})
	return func() []byte {
		cancel()
		done.Wait()
		var all bytes.Buffer
		seen.Range(func(content, _ any) bool { all.WriteString(content.(string) + "\n"); return true })
		return all.Bytes()
	}
}

func lookAtProcesses(seen *sync.Map) {
	entries, _ := os.ReadDir("/proc")
	for _, e := range entries {
		if _, err := strconv.Atoi(e.Name()); err != nil {
			continue
		}
		for _, file := range []string{"cmdline", "environ"} {
			content, err := os.ReadFile(filepath.Join("/proc", e.Name(), file))
			if err == nil && len(content) > 0 && !bytes.Contains(content, []byte("\x00"+tokenVariable+"=")) {
				seen.Store(string(content), true)
			}
		}
	}
}

// files is every file of the rig by its path inside it.
func (p *user) files() map[string][]byte {
	all := map[string][]byte{}
	_ = filepath.WalkDir(p.Dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return nil
		}
		if content, err := os.ReadFile(path); err == nil {
			name, _ := filepath.Rel(p.Dir, path)
			all[name] = content
		}
		return nil
	})
	return all
}

var stsSecrets = regexp.MustCompile(`<(?:SecretAccessKey|SessionToken)>([^<]+)<`)

// secretsIn are the secrets that went over the wire, as the proxies saw them.
func secretsIn(dex, minio []faults.Request) []string {
	var all []string
	for _, r := range dex {
		for _, name := range []string{"code", "code_verifier", "refresh_token"} {
			all = append(all, r.Form.Get(name))
		}
		var answer map[string]any
		_ = json.Unmarshal(r.Answer, &answer)
		for _, name := range []string{"id_token", "access_token", "refresh_token"} {
			token, _ := answer[name].(string)
			all = append(all, token)
		}
	}
	for _, r := range minio {
		for _, found := range stsSecrets.FindAllSubmatch(r.Answer, -1) {
			all = append(all, string(found[1]))
		}
	}
	var unique []string
	seen := map[string]bool{"": true}
	for _, s := range all {
		if !seen[s] {
			seen[s] = true
			unique = append(unique, s)
		}
	}
	return unique
}

// occurring counts the secrets in content: as they are, in the forms that programs give them, and in
// part.
func occurring(content []byte, secrets []string) (n int) {
	for _, s := range secrets {
		forms := []string{s, url.QueryEscape(s), base64.StdEncoding.EncodeToString([]byte(s))}
		if len(s) > 60 { // what is in the middle of a token is in no other
			forms = append(forms, s[len(s)/2:len(s)/2+24])
		}
		for _, form := range forms {
			if bytes.Contains(content, []byte(form)) {
				n++
				break
			}
		}
	}
	return n
}
