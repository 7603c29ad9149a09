package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"daypass/app"
	"daypass/app/agent/quick"
	"daypass/app/handover"
	"daypass/app/handover/doctor"
)

// programEnd is how a program that exec ran has ended, where it was not with 0.
type programEnd struct{ code int }

// Error implements error.
func (e *programEnd) Error() string { return fmt.Sprintf("the program ended with %d", e.code) }

// startError is a program that exec could not run.
type startError struct {
	code int
	error
}

func (e *startError) Unwrap() error { return e.error }

// narrowing are the flags by which keys are narrowed.
type narrowing struct {
	only  []string
	write bool
	life  time.Duration
}

func (p *program) execCommand() *cobra.Command {
	var n narrowing
	cmd := &cobra.Command{
		Use: "exec NAME -- PROGRAM [ARGUMENT...]", Short: "Run a program with keys that stay fresh",
		Args: usage(nameThenProgram),
		Long: "Run a program with keys that stay fresh for as long as it runs. It finds them at an endpoint of the agent's\n" +
			"on this computer, by environment variables that the AWS SDKs and tools made with them read; rclone has a\n" +
			"remote daypass: and mc an alias daypass in it (mc's keys are those of its start).\n\n" +
			"--only narrows the keys to some buckets or to prefixes in them, to reading unless --write is given, and\n" +
			"--for gives them a shorter life. The policy that is sent to the server is shown first.\n\n" +
			"The endpoint ends with the agent: a program that outlives it has the keys it fetched last.\n" +
			"The exit code is the program's own.",
		Example: "  daypass exec lake -- python3 train.py\n" +
			"  daypass exec lake --only measurements/2026/ -- rclone copy daypass:measurements/2026 .",
		RunE: func(cmd *cobra.Command, args []string) error { return p.exec(cmd.Context(), args[0], args[1:], n) },
	}
	cmd.Flags().StringArrayVar(&n.only, "only", nil, "narrow the keys to `BUCKET[/PREFIX]`; can be repeated")
	cmd.Flags().BoolVar(&n.write, "write", false, "with --only: allow to write and delete there too")
	cmd.Flags().DurationVar(&n.life, "for", 0, "with --only: the life of the keys, such as 15m")
	completeNames(cmd)
	return cmd
}

// nameThenProgram wants the two hyphens, so that no flag of the program is taken for one of exec.
func nameThenProgram(cmd *cobra.Command, args []string) error {
	if cmd.ArgsLenAtDash() != 1 || len(args) < 2 {
		return errors.New("write it as daypass exec NAME -- PROGRAM")
	}
	return nil
}

// scope is what the flags ask for; nil for all that the person may do.
func (n narrowing) scope() (*handover.Scope, error) {
	if len(n.only) == 0 {
		if n.write || n.life != 0 {
			return nil, usageError{errors.New("--write and --for belong to --only")}
		}
		return nil, nil
	}
	s := &handover.Scope{Write: n.write, Duration: n.life}
	for _, text := range n.only {
		place, err := handover.ParsePlace(text)
		if err != nil {
			return nil, usageError{err}
		}
		s.Places = append(s.Places, place)
	}
	return s, nil
}

func (p *program) exec(ctx context.Context, name string, command []string, n narrowing) error {
	scope, err := n.scope()
	if err != nil {
		return err
	}
	path, err := exec.LookPath(command[0])
	if err != nil {
		return notRunnable(command[0], err)
	}
	if scope != nil {
		policy, err := scope.Policy()
		if err != nil {
			return usageError{err}
		}
		p.say("The keys are narrowed by this policy: %s", policy)
	}
	core, err := p.core(ctx)
	if err != nil {
		return err
	}
	id, err := p.idOf(ctx, core, name)
	if err != nil {
		return err
	}
	grant, err := core.AddConsumer(ctx, id, handover.NewConsumer{Name: quick.ProgramName(command), Scope: scope})
	if err != nil {
		return grantError(name, err)
	}
	defer p.giveBack(ctx, core, grant.Consumer)
	if err := wouldGoToAmazon(ctx, path, command, grant.Access.Endpoint); err != nil {
		return err
	}
	return runProgram(path, command, execEnvironment(os.Environ(), grant))
}

func notRunnable(program string, err error) error {
	code := ExitNotRunnable
	if errors.Is(err, exec.ErrNotFound) || errors.Is(err, fs.ErrNotExist) {
		code = ExitNotFound
	}
	return &startError{code, fmt.Errorf("%s cannot be run: %w", program, err)}
}

// goodByePatience is how long the end of exec waits for the agent to take the token back.
const goodByePatience = 2 * time.Second

func (p *program) giveBack(ctx context.Context, core app.Core, consumer string) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), goodByePatience)
	defer cancel()
	_ = core.RevokeConsumer(ctx, consumer) // an agent that has ended has forgotten it
}

// wouldGoToAmazon refuses an AWS CLI that does not read the endpoint: it would present the keys, and
// with them who the person is, to Amazon.
func wouldGoToAmazon(ctx context.Context, path string, command []string, endpoint string) error {
	given := slices.ContainsFunc(command, func(arg string) bool { return strings.HasPrefix(arg, "--endpoint-url") })
	if filepath.Base(path) != "aws" || given || !doctor.AWSIgnoresEndpoint(ctx, path) {
		return nil
	}
	return fmt.Errorf("this AWS CLI does not read the endpoint from its environment and would send your keys to Amazon: add --endpoint-url %s", endpoint)
}

// shadowing are the variables that would win over the endpoint, or lead past it.
var shadowing = []string{
	"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_SECURITY_TOKEN", "AWS_CREDENTIAL_EXPIRATION",
	"AWS_PROFILE", "AWS_DEFAULT_PROFILE", "AWS_ROLE_ARN", "AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_ENDPOINT_URL",
	"AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",
}

// execEnvironment is the environment of a program that exec runs. The AWS files are taken out of the
// way, since keys in a default profile would win over the endpoint.
func execEnvironment(base []string, g handover.Grant) []string {
	own := append(g.Environment(),
		handover.Variable{Name: "AWS_CONFIG_FILE", Value: os.DevNull},
		handover.Variable{Name: "AWS_SHARED_CREDENTIALS_FILE", Value: os.DevNull},
		handover.Variable{Name: "AWS_EC2_METADATA_DISABLED", Value: "true"})
	own = append(own, handover.RcloneEnvironment("daypass", g.Access)...)
	own = append(own, handover.MCEnvironment("daypass", g.Access))
	env := slices.DeleteFunc(slices.Clone(base), func(entry string) bool {
		name, _, _ := strings.Cut(entry, "=")
		return slices.Contains(shadowing, name) || slices.ContainsFunc(own, func(v handover.Variable) bool { return v.Name == name })
	})
	for _, v := range own {
		env = append(env, v.Name+"="+v.Value)
	}
	return env
}

// runProgram runs the program, passes signals on to it, and gives a *programEnd unless it ended with 0.
func runProgram(path string, command, env []string) error {
	cmd := exec.Command(path, command[1:]...)
	cmd.Args[0] = command[0]
	cmd.Env = env
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	signals := make(chan os.Signal, 8)
	signal.Notify(signals, passedOn()...)
	defer signal.Stop(signals)
	if err := cmd.Start(); err != nil {
		return notRunnable(command[0], err)
	}
	ended := make(chan struct{})
	defer close(ended)
	go func() {
		for {
			select {
			case s := <-signals:
				if !cameFromTerminal(s) {
					_ = cmd.Process.Signal(s)
				}
			case <-ended:
				return
			}
		}
	}()
	err := cmd.Wait()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return &programEnd{exitCodeOf(exit.ProcessState)}
	}
	return err
}
