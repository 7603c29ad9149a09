package broker

import (
	"context"
	"errors"
	"os"

	"daypass/app"
	"daypass/app/schedule"
	"daypass/app/tools"
	"daypass/app/tools/install"
)

// codeToolsLeft is the code of the problem that something could not be removed from other tools' files.
const codeToolsLeft = "tools-left-behind"

// clearFiles removes the credentials of those who are not signed in from other tools' files. What holds none
// stays: it works again after the next sign-in, and has no credentials until then.
func (b *Broker) clearFiles() {
	if b.opts.Paths == (tools.Paths{}) {
		return
	}
	var signedIn []string
	snapshot, err := b.sessions.Snapshot()
	if err != nil {
		return // ClearFiles follows
	}
	for _, s := range snapshot.Sessions {
		if s.HasCredentials(schedule.Now()) {
			signedIn = append(signedIn, s.ID)
		}
	}
	b.cleared(install.ClearCredentials(b.opts.Paths, signedIn))
}

// cleared says that credentials could not be removed from a file.
func (b *Broker) cleared(err error) {
	if err == nil {
		return
	}
	b.log.Warn("credentials were left in another tool's file", "error", err)
	b.sessions.ShowProblem(app.Problem{
		Code: codeToolsLeft, Variant: "credentials", Reasons: fileReasons(err),
		Params: map[string]string{"Prefix": tools.MCPrefix, "File": b.opts.Paths.MCEnv}, At: schedule.Now(),
	})
}

// uninstallAll removes all that was set up for a connection that was removed, and reports what it could not
// remove.
func (b *Broker) uninstallAll(id string) {
	if b.opts.Paths == (tools.Paths{}) {
		return
	}
	err := install.Installer{Paths: b.opts.Paths, Access: tools.Access{Connection: id}}.RemoveAll()
	if err == nil {
		return
	}
	b.log.Warn("other tools' files were not cleaned up", "id", id, "error", err)
	b.sessions.ShowProblem(app.Problem{
		Code: codeToolsLeft, Reasons: fileReasons(err),
		Params: map[string]string{"Profile": tools.ProfileName(id)}, At: schedule.Now(),
	})
}

// ClearFiles removes all credentials from other tools' files when Daypass ends: nobody renews them any more.
func (b *Broker) ClearFiles() {
	if b.opts.Paths == (tools.Paths{}) {
		return
	}
	if err := install.ClearCredentials(b.opts.Paths, nil); err != nil {
		b.log.Warn("credentials were left in another tool's file", "error", err)
	}
}

func (b *Broker) renewFiles(id string) error {
	s, err := b.installer(id)
	if err != nil || s.Access.AccessKeyID == "" {
		return nil // nothing to write
	}
	return s.RenewCredentials()
}

// installer returns what installs tools for a connection; it has the credentials where there are some.
func (b *Broker) installer(id string) (install.Installer, error) {
	if _, err := sessionOf(b.sessions, id); err != nil {
		return install.Installer{}, err
	}
	if b.opts.Paths == (tools.Paths{}) {
		return install.Installer{}, app.ErrNoTool
	}
	keys, err := b.sessions.Credentials(context.Background(), id)
	if err != nil && !errors.Is(err, app.ErrNoCredentials) {
		return install.Installer{}, err
	}
	access, err := b.access(id, keys)
	return install.Installer{Paths: b.opts.Paths, Access: access, Program: b.opts.Program}, err
}

// Tools implements app.Handover.
func (b *Broker) Tools(_ context.Context, id string) ([]tools.Tool, error) {
	s, err := b.installer(id)
	if err != nil {
		return nil, err
	}
	return s.List(os.Getenv), nil
}

// PreviewTool implements app.Handover.
func (b *Broker) PreviewTool(_ context.Context, id, tool string, step tools.Step) (tools.Change, error) {
	s, err := b.installerFor(id, tool, step)
	if err != nil {
		return tools.Change{}, b.explained(id, err)
	}
	change, err := s.Preview(tool, step)
	return change, b.explained(id, toolError(err))
}

// ApplyTool implements app.Handover.
func (b *Broker) ApplyTool(_ context.Context, id, tool string, step tools.Step, digest string) error {
	s, err := b.installerFor(id, tool, step)
	if err != nil {
		return b.explained(id, err)
	}
	return b.explained(id, toolError(s.Apply(tool, step, digest)))
}

// installerFor is installer for a step, which may need credentials to write.
func (b *Broker) installerFor(id, tool string, step tools.Step) (install.Installer, error) {
	s, err := b.installer(id)
	if err == nil && tools.Find(tool).CredentialsFile != nil && step == tools.StepAdd && s.Access.AccessKeyID == "" {
		err = app.ErrNoCredentials
	}
	return s, err
}

func toolError(err error) error {
	switch {
	case errors.Is(err, install.ErrNoTool):
		return app.ErrNoTool
	case errors.Is(err, install.ErrChanged):
		return app.ErrFilesChanged
	}
	return err
}
