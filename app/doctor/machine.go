package doctor

import (
	"cmp"
	"context"
	"os/exec"
	"strings"
	"sync"

	"daypass/app/tools"
	"daypass/app/tools/files"
	"daypass/app/tools/probe"
)

// machineCode begins the codes of the checks of this machine.
const machineCode = "machine-"

// Machine is where to look on this machine.
type Machine struct {
	Getenv func(string) string
	Paths  tools.Paths
	// Profile is the name of our profile for the connection.
	Profile string
}

// Check adds to r what is found on the machine, in place of what was found there before.
func (m Machine) Check(ctx context.Context, r Report) Report {
	var checks []Check
	for _, c := range r.Checks {
		if !strings.HasPrefix(c.Code, machineCode) {
			checks = append(checks, c)
		}
	}
	r.Checks = append(append(checks, m.environment()...), m.profiles()...)
	bySeverity(r.Checks)
	r.Programs = programs(ctx)
	return r
}

func (m Machine) environment() []Check {
	var out []Check
	if set := tools.Shadows(m.Getenv); len(set) > 0 {
		out = append(out, Check{
			Code: machineCode + "environment-keys", Severity: Warning, Title: strings.Join(set, ", ") + " set in this environment",
			Detail: "They win over every profile. Unset them where Daypass's keys are to be used.",
		})
	}
	if p := m.Getenv("AWS_PROFILE"); p != "" && p != m.Profile {
		out = append(out, Check{
			Code: machineCode + "other-profile", Severity: Notice, Title: "AWS_PROFILE names another profile, " + foreign(p),
			Detail: "Tools use it unless they are told --profile " + m.Profile + ".",
		})
	}
	out = append(out, m.variables("endpoint", Notice, "Tools that read it go there, whatever a profile says.",
		tools.EndpointNames()...)...)
	out = append(out, m.variables("authorities", Notice, "AWS tools trust the certificate authorities in that file alone.", "AWS_CA_BUNDLE")...)
	out = append(out, m.variables("minio-keys", Warning, "Programs made with minio-go take these before those of Daypass.",
		"MINIO_ROOT_USER", "MINIO_ACCESS_KEY")...)
	if on := m.Getenv("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"); strings.EqualFold(on, "true") {
		out = append(out, Check{
			Code: machineCode + "endpoint-ignored", Severity: Warning, Title: "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS is set in this environment",
			Detail: "AWS tools ignore the endpoint in a profile and go to Amazon. Unset it.",
		})
	}
	return out
}

// variables are the checks of those that are set.
func (m Machine) variables(code string, severity Severity, detail string, names ...string) []Check {
	var out []Check
	for _, name := range names {
		v := m.Getenv(name)
		if v == "" {
			continue
		}
		title := name + " is set in this environment"
		if severity == Notice {
			title = name + " is set to " + foreign(v)
		}
		out = append(out, Check{Code: machineCode + code, Severity: severity, Title: title, Detail: detail})
	}
	return out
}

// profiles finds static keys in a profile of our name, which win over the command in it.
func (m Machine) profiles() []Check {
	var out []Check
	for _, path := range []string{m.Paths.AWSConfig, m.Paths.AWSCredentials} {
		if path == "" {
			continue
		}
		text, err := files.Read(path)
		if err != nil {
			out = append(out, Check{Code: machineCode + "unreadable", Severity: Warning, Title: path + " cannot be read", Detail: err.Error()})
			continue
		}
		if staticKeys(text, m.Profile) {
			out = append(out, Check{
				Code: machineCode + "static-keys", Severity: Warning, Title: "The profile " + m.Profile + " in " + path + " has keys in it",
				Detail: "They win over what Daypass gives. Remove them from the file.",
			})
		}
	}
	return out
}

func staticKeys(text []byte, profile string) bool {
	inside := false
	for l := range strings.Lines(string(text)) {
		if trimmed := strings.TrimSpace(l); strings.HasPrefix(trimmed, "[") {
			name := strings.TrimSpace(strings.TrimPrefix(strings.Trim(trimmed, "[]"), "profile "))
			inside = strings.Trim(name, `"' `) == profile
		}
		name, _, _ := strings.Cut(l, "=")
		if inside && strings.EqualFold(strings.TrimSpace(name), "aws_access_key_id") {
			return true
		}
	}
	return false
}

// programs returns the tools that are installed, with their versions.
func programs(ctx context.Context) []Program {
	known := tools.All()
	found := make([]*Program, len(known))
	var asking sync.WaitGroup
	for i, d := range known {
		if d.Version == nil {
			continue
		}
		path, err := exec.LookPath(d.Program)
		if err != nil {
			continue
		}
		asking.Go(func() { found[i] = programAt(ctx, path, d) })
	}
	asking.Wait()
	var out []Program
	for _, p := range found {
		if p != nil {
			out = append(out, *p)
		}
	}
	return out
}

// programAt returns what the program at path is; nil where the tool is not there.
func programAt(ctx context.Context, path string, d tools.Definition) *Program {
	version := probe.Version(ctx, path, *d.Version)
	if version == "" && d.Version.Optional {
		return nil
	}
	p := &Program{Name: cmp.Or(d.Version.Name, d.Name), Path: path, Version: version}
	switch {
	case version == "":
		p.Note = "it does not say its version, so it may be another program of this name"
	case d.Version.IgnoresEndpoint(version):
		p.Note = noEndpoint
	}
	return p
}

const noEndpoint = "ignores endpoint_url in a profile and AWS_ENDPOINT_URL_S3: give the endpoint with the command"
