package rig

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"regexp"

	"daypass/sandbox/bare"
	"daypass/sandbox/servers"
)

var linkPattern = regexp.MustCompile(`http://\S+`)

// SignIn signs in as a person does: with `daypass login`, whose link is opened in a browser.
func (r *Rig) SignIn(ctx context.Context, id string, who servers.User) error {
	ctx, cancel := context.WithTimeout(ctx, Patience)
	defer cancel()
	cmd := r.Command(ctx, r.Program, "login", id)
	out, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	var words bytes.Buffer
	cmd.Stderr = &words
	if err := cmd.Start(); err != nil {
		return err
	}
	line := make([]byte, 0, 4096)
	for link := ""; link == ""; link = linkPattern.FindString(string(line)) {
		more := make([]byte, 4096)
		n, err := out.Read(more)
		if err != nil {
			return errors.Join(fmt.Errorf("no link: %w: %s", err, &words), cmd.Wait())
		}
		line = append(line, more[:n]...)
	}
	if err := visit(ctx, linkPattern.FindString(string(line)), who); err != nil {
		return errors.Join(err, cmd.Process.Kill(), cmd.Wait())
	}
	if err := cmd.Wait(); err != nil {
		return fmt.Errorf("daypass login: %w: %s", err, &words)
	}
	return nil
}

// visit is the person in front of their browser.
func visit(ctx context.Context, link string, who servers.User) error {
	callback, err := bare.Visit(ctx, link, who.Email, who.Password)
	if err != nil {
		return err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, callback, http.NoBody)
	if err != nil {
		return err
	}
	answer, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	return answer.Body.Close()
}
