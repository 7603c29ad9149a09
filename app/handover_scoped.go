package app

import (
	"context"
	"log/slog"

	"daypass/app/handover"
)

type scopedKeys struct{}

func newScopedKeys(*App, *slog.Logger) *scopedKeys { return &scopedKeys{} }

func (*scopedKeys) begin(context.Context, handover.Consumer) (Keys, error) { return Keys{}, ErrNoKeys }

func (*scopedKeys) keys(string) (Keys, error) { return Keys{}, ErrNoKeys }
func (*scopedKeys) drop(string)               {}
