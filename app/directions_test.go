package app_test

import (
	"encoding/json"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

type goPackage struct {
	ImportPath    string
	Imports, Deps []string
}

// direction is a rule on what packages may reach. A name ending in /... means the package and all
// below it.
type direction struct {
	name string
	of   string
	// except is the one package of them that may.
	except string
	// never lists what is out of reach; but lists exceptions to it.
	never, but []string
	// direct looks at the import lines only, not at what they bring along.
	direct bool
}

// screens are those with a folder of their own: controller and models in it, the view in a package below it.
var screens = []string{"browser", "connections", "details", "share", "transfers", "tools", "settings", "diagnosis"}

// directionsOfScreens say that controllers and models know no toolkit, and that views do no work.
func directionsOfScreens() (all []direction) {
	for _, s := range screens {
		all = append(all,
			direction{name: "the screen " + s + " knows no toolkit", of: "daypass/ui/" + s, never: []string{"fyne.io/...", "daypass/app/engine", "daypass/app/agent"}},
			direction{
				name: "the view of " + s + " does no work", of: "daypass/ui/" + s + "/" + s + "view", direct: true,
				never: []string{"daypass/ui/bridge", "daypass/ui/task", "daypass/ui/view", "net/http", "os/exec"},
			})
	}
	return all
}

var directions = []direction{
	{name: "auth knows no one above it", of: "daypass/auth/...", never: []string{"daypass/...", "fyne.io/..."}, but: []string{"daypass/auth/...", "daypass/assets/..."}},
	{name: "stsclient knows no one above it", of: "daypass/stsclient/...", never: []string{"daypass/...", "fyne.io/..."}, but: []string{"daypass/stsclient/...", "daypass/auth/secret", "daypass/auth/safetext", "daypass/auth/cafile", "daypass/auth/localhost"}},
	{name: "the secret is a leaf", of: "daypass/auth/secret", never: []string{"daypass/..."}},
	{name: "the certificate file is a leaf", of: "daypass/auth/cafile", never: []string{"daypass/..."}},
	{name: "this computer's names are a leaf", of: "daypass/auth/localhost", never: []string{"daypass/..."}},
	{name: "equal texts are a leaf", of: "daypass/app/fold", never: []string{"daypass/..."}},
	{name: "what cannot be seen is a leaf", of: "daypass/auth/safetext", never: []string{"daypass/..."}},
	{name: "whose connection it is is a leaf", of: "daypass/auth/peer", never: []string{"daypass/..."}, but: []string{"daypass/auth/wsl"}},
	{name: "what carries requests knows nothing of them", of: "daypass/app/agent/transport", never: []string{"daypass/...", "net/http", "os/exec"}, but: []string{"daypass/app/agent/rundir", "daypass/auth/peer", "daypass/auth/wsl"}},
	{name: "the app has no screen", of: "daypass/app/...", never: []string{"fyne.io/fyne/...", "daypass/ui/..."}},
	{name: "the session is pure", of: "daypass/app/session", never: []string{"os/exec", "net/http", "daypass/app", "daypass/app/connection"}, direct: true},
	{name: "the contract does no work", of: "daypass/app", never: []string{"os", "os/exec", "net", "net/http", "daypass/app/engine", "daypass/app/agent", "daypass/app/vault"}, direct: true},
	{name: "credentials are a leaf", of: "daypass/app/credentials", never: []string{"daypass/..."}, but: []string{"daypass/auth/secret"}},
	{name: "formats are a leaf", of: "daypass/app/format", never: []string{"daypass/...", "net/http", "os/exec"}},
	{name: "messages know formats only", of: "daypass/app/messages", never: []string{"daypass/...", "net/http", "os/exec"}, but: []string{"daypass/app/format", "daypass/app/messages/catalog"}},
	{name: "errors of the system know messages only", of: "daypass/app/oserror", never: []string{"daypass/...", "net/http", "os/exec"}, but: []string{"daypass/app/format", "daypass/app/messages/...", "daypass/auth/safetext"}},
	{name: "probes know no session store and no engine", of: "daypass/app/setup", never: []string{"daypass/app", "daypass/app/engine", "daypass/app/agent", "daypass/app/vault", "daypass/app/trust", "os/exec"}, direct: true},
	{name: "importers run nothing", of: "daypass/app/importers", never: []string{"daypass/app", "daypass/app/engine", "daypass/app/agent", "daypass/app/vault", "net/http", "os/exec"}, direct: true},
	{name: "presets are pure", of: "daypass/app/presets", never: []string{"daypass/...", "os", "net/http", "os/exec"}, but: []string{"daypass/app/messages"}, direct: true},
	{name: "columns are a leaf", of: "daypass/app/columns", never: []string{"daypass/...", "net/http", "os/exec"}},
	{name: "locales are a leaf", of: "daypass/app/locale", never: []string{"daypass/...", "net/http"}},
	{name: "retries are a leaf", of: "daypass/app/retry", never: []string{"daypass/..."}},
	{name: "the simulation of a company knows what decides and nothing else", of: "daypass/app/fleet", never: []string{"daypass/...", "net", "net/http", "os"}, but: []string{"daypass/app/session", "daypass/app/schedule", "daypass/app/credentials", "daypass/auth", "daypass/auth/secret"}, direct: true},
	{name: "only the report on a company simulates one", of: "daypass/...", except: "daypass/app/fleet/report", never: []string{"daypass/app/fleet"}, direct: true},
	{name: "the inbox is a leaf", of: "daypass/app/inbox", never: []string{"daypass/..."}},
	{name: "confirmed sites know no engine", of: "daypass/app/trust", never: []string{"daypass/app", "daypass/app/engine", "daypass/app/agent"}},
	{name: "failures know no engine", of: "daypass/app/failure", never: []string{"daypass/app", "daypass/app/engine", "daypass/app/agent"}},
	{name: "the session store knows no engine", of: "daypass/app/sessionstore", never: []string{"daypass/app", "daypass/app/engine", "daypass/app/agent"}},
	{name: "the broker knows sessions only by its interface", of: "daypass/app/broker", never: []string{"daypass/app/engine", "daypass/app/agent", "daypass/stsclient"}, direct: true},
	{name: "the broker does not reach the engine", of: "daypass/app/broker", never: []string{"daypass/app/engine", "daypass/app/agent", "daypass/app/vault", "daypass/app/sessionstore"}},
	{name: "only the agent's composition builds the engine", of: "daypass/...", except: "daypass/app/cli", never: []string{"daypass/app/engine"}, direct: true},
	{name: "journals of transfers know no server", of: "daypass/app/buckets/transfer/journal", never: []string{"daypass/app/buckets/...", "net/http", "github.com/minio/..."}, but: []string{"daypass/app/buckets/transfer/digest"}, direct: true},
	{name: "how many requests there are is decided without knowing them", of: "daypass/app/buckets/transfer/flow", never: []string{"daypass/...", "net/http", "github.com/minio/..."}, but: []string{"daypass/app/retry"}},
	{name: "the local side of transfers knows no server", of: "daypass/app/buckets/transfer/disk", never: []string{"daypass/...", "net/http", "github.com/minio/..."}, but: []string{"daypass/app/origin", "daypass/auth/safetext"}, direct: true},
	{name: "the remote side of transfers knows no queue and no disk", of: "daypass/app/buckets/transfer/remote", never: []string{"daypass/app/buckets/...", "daypass/app/engine", "daypass/app/agent"}, but: []string{"daypass/app/buckets/transfer/flow", "daypass/app/buckets"}, direct: true},
	{name: "what is known of tools is pure", of: "daypass/app/tools", never: []string{"os", "os/exec", "net/http", "daypass/app"}, direct: true},
	{name: "edits of files are pure", of: "daypass/app/tools/edit", never: []string{"os", "os/exec", "net/http", "daypass/..."}, direct: true},
	{name: "reading a command line is pure", of: "daypass/app/tools/cmdline", never: []string{"os", "os/exec", "net/http", "daypass/..."}, direct: true},
	{name: "locations know messages only", of: "daypass/app/location", never: []string{"os/exec", "net/http", "daypass/..."}, but: []string{"daypass/app/messages/...", "daypass/app/format", "daypass/auth/safetext"}},
	{name: "limits are pure", of: "daypass/app/limits", never: []string{"os", "os/exec", "net/http", "daypass/..."}, but: []string{"daypass/app/location", "daypass/app/messages"}, direct: true},
	{name: "tools know no session", of: "daypass/app/tools/...", never: []string{"daypass/app", "daypass/app/session", "daypass/app/agent", "daypass/stsclient"}},
	{name: "clients of the broker know no session", of: "daypass/app/broker/...", except: "daypass/app/broker", never: []string{"daypass/app", "daypass/app/session", "daypass/app/agent", "daypass/stsclient"}},
	{name: "stored key pairs know limits only", of: "daypass/app/keypairs", never: []string{"os", "os/exec", "net/http", "daypass/..."}, but: []string{"daypass/app/limits", "daypass/auth/secret"}, direct: true},
	{name: "the gateway knows no session", of: "daypass/app/gateway/...", never: []string{"daypass/app", "daypass/app/session", "daypass/app/agent", "daypass/app/buckets", "daypass/stsclient"}},
	{name: "servers on loopback know whose connection it is and nothing else", of: "daypass/app/loopback", never: []string{"daypass/..."}, but: []string{"daypass/auth/peer", "daypass/auth/wsl"}},
	{name: "the verification of signatures is a leaf", of: "daypass/app/gateway/sigv4", never: []string{"daypass/...", "github.com/...", "net", "os"}, but: []string{"daypass/auth/secret"}, direct: true},
	{name: "the doctor knows no session", of: "daypass/app/doctor", never: []string{"daypass/app", "daypass/app/session", "daypass/app/agent", "daypass/stsclient"}},
	{name: "daypass-creds is only a client of the socket", of: "daypass/cmd/daypass-creds", never: []string{"net", "net/http", "encoding/json", "path/filepath", "github.com/...", "golang.org/..."}},
	{name: "the agent's program has no toolkit", of: "daypass/cmd/daypass", never: []string{"fyne.io/fyne/...", "daypass/ui/..."}},
	{name: "view models know no toolkit", of: "daypass/ui/present", never: []string{"fyne.io/..."}},
	{name: "the bridge to the agent knows no toolkit", of: "daypass/ui/bridge", never: []string{"fyne.io/...", "daypass/app/engine", "daypass/app/agent"}},
	{name: "problems know no toolkit", of: "daypass/ui/problem", never: []string{"fyne.io/..."}},
	{name: "views do no work", of: "daypass/ui/view/...", never: []string{"net/http", "os/exec", "github.com/zalando/go-keyring", "github.com/minio/..."}, direct: true},
	{name: "the theme reaches no further than the assets", of: "daypass/ui/theme", never: []string{"daypass/..."}, but: []string{"daypass/assets/...", "daypass/ui/present"}},
	{name: "what fonts can draw is a leaf", of: "daypass/ui/glyphs", never: []string{"daypass/...", "fyne.io/..."}, but: []string{"daypass/auth/safetext"}},
	{name: "assets are bytes", of: "daypass/assets/...", never: []string{"daypass/...", "fyne.io/..."}, but: []string{"daypass/assets/..."}},
	{name: "only main starts the toolkit", of: "daypass/...", except: "daypass", never: []string{"fyne.io/fyne/v2/app"}, direct: true},
}

// The directions of the layout, held by what the packages really import.
func TestImports_directions(t *testing.T) {
	packages := listPackages(t)
	for _, d := range append(directionsOfScreens(), directions...) {
		found := false
		for _, p := range packages {
			if !matches(p.ImportPath, d.of) || p.ImportPath == d.except {
				continue
			}
			found = true
			d.check(t, p)
		}
		if !found {
			t.Errorf("%s: no package %s", d.name, d.of)
		}
	}
}

func (d direction) check(t *testing.T, p goPackage) {
	reach := p.Deps
	if d.direct {
		reach = p.Imports
	}
	for _, dep := range reach {
		in := func(pattern string) bool { return matches(dep, pattern) }
		if dep != p.ImportPath && slices.ContainsFunc(d.never, in) && !slices.ContainsFunc(d.but, in) {
			t.Errorf("%s: %s reaches %s", d.name, p.ImportPath, dep)
		}
	}
}

func matches(path, pattern string) bool {
	base, below := strings.CutSuffix(pattern, "/...")
	return path == base || below && strings.HasPrefix(path, base+"/")
}

func listPackages(t *testing.T) []goPackage {
	t.Helper()
	cmd := exec.Command("go", "list", "-json=ImportPath,Imports,Deps", "daypass/...")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=1") // which the window needs
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var packages []goPackage
	for dec := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p goPackage
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			return packages
		} else if err != nil {
			t.Fatal(err)
		}
		packages = append(packages, p)
	}
}

// The contract starts no goroutine.
func TestContract_startsNoGoroutine(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil || len(files) == 0 {
		t.Fatalf("%v: %v", files, err)
	}
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		positions := token.NewFileSet()
		parsed, err := parser.ParseFile(positions, file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(parsed, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.GoStmt:
				t.Errorf("%s starts a goroutine", positions.Position(n.Pos()))
			case *ast.SelectorExpr:
				if n.Sel.Name == "Go" || n.Sel.Name == "AfterFunc" {
					t.Errorf("%s has a goroutine started", positions.Position(n.Pos()))
				}
			}
			return true
		})
	}
}
