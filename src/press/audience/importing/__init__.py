"""Lists of readers from elsewhere: which program wrote them, and what their rows say.

file ─ encoding ─ lines ─ table (rows of cells) ─ columns ─ rows (readers, leavers)
"""
