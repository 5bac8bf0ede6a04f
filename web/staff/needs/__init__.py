"""普法需求: what people asked, counted; the town's events and kiosks; reports to paste from."""
