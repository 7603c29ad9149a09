package broker

import (
	"log/slog"
	"sync"
	"time"

	"daypass/app"
	"daypass/app/broker/tokenfiles"
	"daypass/auth/secret"
)

// tokenFiles are the files of clients with a token, by client.
type tokenFiles struct {
	mu  sync.Mutex
	all map[string]*tokenfiles.Folder
}

func (g *tokenFiles) add(client string, files *tokenfiles.Folder) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.all == nil {
		g.all = map[string]*tokenfiles.Folder{}
	}
	g.all[client] = files
}

func (g *tokenFiles) close(client string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if files := g.all[client]; files != nil {
		files.Close()
		delete(g.all, client)
	}
}

func (g *tokenFiles) closeAll() {
	g.mu.Lock()
	defer g.mu.Unlock()
	for client, files := range g.all {
		files.Close()
		delete(g.all, client)
	}
}

// writeToken puts a client's token into a file, which goes with the token, and returns its path.
func (b *Broker) writeToken(client string, token secret.Secret) (string, error) {
	if b.opts.TokensDir == "" {
		return "", nil
	}
	files, err := tokenfiles.New(b.opts.TokensDir, token)
	if err != nil {
		return "", err
	}
	b.files.add(client, files)
	if !b.list.Has(client) { // revoked in the meantime
		b.files.close(client)
		return "", app.ErrNoClient
	}
	return files.TokenFile(), nil
}

// sweep removes what programs that were killed have left.
func sweep(dir string, log *slog.Logger) {
	if dir == "" {
		return
	}
	if err := tokenfiles.Sweep(dir, time.Now()); err != nil {
		log.Warn("files of programs that were killed are left", "error", err)
	}
}
