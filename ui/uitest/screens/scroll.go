package main

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"daypass/ui/kit"
)

// row returns the row of a list that shows name, once it is there. It scrolls through the lists to find it.
func (st *stage) row(name string) (row fyne.CanvasObject) {
	st.queue.Until(func() bool {
		if row = st.window.FindRow(name); row == nil {
			row = st.searchLists(name)
		}
		return row != nil
	})
	return row
}

// pagesSearched is how many half pages of a list are searched; a longer list is scrolled no further.
const pagesSearched = 20

// searchLists scrolls down each list until it shows a row, or back to the top where it has none of that name.
func (st *stage) searchLists(name string) fyne.CanvasObject {
	for _, list := range allOf[*kit.List](st.window.Top()) {
		page := list.Size().Height / 2
		for range pagesSearched {
			st.wheel(list, -page)
			if row := st.window.FindRow(name); row != nil {
				return row
			}
		}
		st.wheel(list, pagesSearched*page)
	}
	return nil
}

// wheel scrolls what is below the middle of o.
func (st *stage) wheel(o fyne.CanvasObject, by float32) {
	middle := fyne.NewPos(o.Size().Width/2, o.Size().Height/2)
	test.Scroll(st.window.Window().Canvas(), fyne.CurrentApp().Driver().AbsolutePositionForObject(o).Add(middle), 0, by)
	st.rest()
}

// reveal scrolls so that o is in sight.
func (st *stage) reveal(o fyne.CanvasObject) {
	driver := fyne.CurrentApp().Driver()
	for _, scroll := range allOf[*container.Scroll](st.window.Top()) {
		if !kit.Contains(scroll.Content, o) {
			continue
		}
		top := driver.AbsolutePositionForObject(o).Y - driver.AbsolutePositionForObject(scroll).Y
		below := top + o.Size().Height - scroll.Size().Height
		if by := min(top, max(0, below)); by != 0 {
			scroll.ScrollToOffset(scroll.Offset.AddXY(0, by))
		}
	}
}

// allOf returns the objects of a type in o that are not hidden.
func allOf[T fyne.CanvasObject](o fyne.CanvasObject) (all []T) {
	if o == nil || !o.Visible() {
		return nil
	}
	if one, ok := o.(T); ok {
		all = append(all, one)
	}
	for _, child := range kit.Inside(o) {
		all = append(all, allOf[T](child)...)
	}
	return all
}
