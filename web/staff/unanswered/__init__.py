"""没答上的 and 反馈: what people asked in vain, what the staff makes of it, and what they said of answers."""
